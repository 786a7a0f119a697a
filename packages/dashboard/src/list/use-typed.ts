import { useState } from "react";
import { useDebouncedCallback } from "@mantine/hooks";

const waitMs = 250;

/** What somebody is typing, handed on when they pause. A value that changes from elsewhere replaces it. */
export function useTyped(value: string, onChange: (value: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState(value);
  const [seen, setSeen] = useState(value);
  const [handedOn, setHandedOn] = useState(value);
  const handOn = useDebouncedCallback((text: string) => {
    setHandedOn(text);
    onChange(text);
  }, waitMs);
  if (value !== seen) {
    setSeen(value);
    // Our own value coming back, while more has been typed, changes nothing.
    if (value !== handedOn && value !== typed.trim()) setTyped(value);
  }
  return [
    typed,
    (text) => {
      setTyped(text);
      handOn(text.trim());
    },
  ];
}
