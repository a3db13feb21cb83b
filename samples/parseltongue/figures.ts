// Numbers and counted things, as text.

export function number(value: number): string {
  return value.toLocaleString('en');
}

export function counted(count: number, thing: string): string {
  return `${number(count)} ${thing}${count === 1 ? '' : 's'}`;
}
