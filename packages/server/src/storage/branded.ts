declare const brand: unique symbol;

/** The id of one kind of record, which no other kind's is taken for. */
export type Branded<Name extends string> = string & { readonly [brand]: Name };
