/** The look of the link pages: readable on a phone, light or dark as its owner prefers. */
export const styleSheet = `:root {
  color-scheme: light dark;
  --page: #f4f5f7;
  --card: #ffffff;
  --ink: #1b1f24;
  --faint: #4d5661;
  --line: #6b7683;
  --accent: #1d4ed8;
  --on-accent: #ffffff;
  --bad: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171b;
    --card: #1f242a;
    --ink: #eef1f4;
    --faint: #b4bdc7;
    --line: #8d98a5;
    --accent: #9dbcff;
    --on-accent: #10192b;
    --bad: #ffb4ab;
  }
}
* {
  box-sizing: border-box;
}
body {
  margin: 0;
  min-height: 100vh;
  padding: 1rem;
  display: grid;
  place-items: center;
  background: var(--page);
  color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif;
}
main {
  width: 100%;
  max-width: 26rem;
  padding: 1.5rem;
  border-radius: 0.75rem;
  background: var(--card);
  overflow-wrap: anywhere;
}
h1 {
  margin: 0 0 0.75rem;
  font-size: 1.375rem;
  line-height: 1.25;
}
.product {
  margin: 0 0 0.25rem;
  color: var(--faint);
}
label {
  display: block;
  margin-top: 1rem;
  font-weight: 600;
}
input {
  width: 100%;
  min-height: 2.75rem;
  padding: 0.5rem 0.75rem;
  border: 1px solid var(--line);
  border-radius: 0.5rem;
  background: var(--card);
  color: inherit;
  font: inherit;
}
.hint {
  margin: 0.25rem 0 0;
  color: var(--faint);
  font-size: 0.875rem;
}
.bad {
  color: var(--bad);
  font-weight: 600;
}
button {
  width: 100%;
  min-height: 2.75rem;
  margin-top: 1.25rem;
  padding: 0.5rem 1rem;
  border: 0;
  border-radius: 0.5rem;
  background: var(--accent);
  color: var(--on-accent);
  font: inherit;
  font-weight: 600;
  cursor: pointer;
}
:focus-visible {
  outline: 3px solid var(--accent);
  outline-offset: 2px;
}
`;
