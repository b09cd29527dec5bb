// What all programs share: settings from the environment, and a check that ends them.
export function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

export function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(`failed: ${what}`);
}

export function present<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`missing: ${what}`);
  return value;
}

export const URL = setting('BINHYEN_URL');
export const UNIT = setting('BINHYEN_UNIT');
export const TOKEN = setting('BINHYEN_TOKEN');
export const TIP_TOKEN = setting('BINHYEN_TIP_TOKEN');
export const TEXT = 'Đêm qua có nhóm lạ mặt tụ tập trước kho hàng ở cuối ngõ.';
