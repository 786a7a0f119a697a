interface Props {
  readonly tags: readonly string[];
  /** More than these are counted. */
  readonly atMost?: number;
}

/** Short names that a record has, such as levels and roles. */
export function Tags({ tags, atMost = tags.length }: Props) {
  const hidden = tags.slice(atMost);
  return (
    <span className="lk-tags">
      {tags.slice(0, atMost).map((tag) => (
        <span key={tag} className="lk-tag">
          {tag}
        </span>
      ))}
      {hidden.length > 0 && (
        <span className="lk-tag" title={hidden.join(", ")}>
          +{hidden.length}
        </span>
      )}
    </span>
  );
}
