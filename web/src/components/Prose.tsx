/** What is said around a card: the lead, then smaller notes. Always Chinese: the assistant's own words. */
export function Prose({ lines }: { lines: readonly string[] }) {
  const [lead, ...notes] = lines;
  if (lead === undefined) return null;
  return (
    <div class="prose" lang="zh-CN">
      <p class="lead">{lead}</p>
      {notes.map((line) => <p key={line}>{line}</p>)}
    </div>
  );
}
