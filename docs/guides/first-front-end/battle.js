// A whole front end: starts a battle and shows what is said while it is said.
const [form, status, list] = ['form', '[role=status]', 'ol'].map(s => document.querySelector(s));

form.addEventListener('submit', async event => {
  event.preventDefault();
  list.replaceChildren();
  const fields = [...new FormData(form)].filter(([, value]) => value !== '');
  const answer = await fetch('/api/battles/start', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      // The same key starts one battle, however often a nervous user or a bad network repeats it.
      'Idempotency-Key': crypto.randomUUID(),
    },
    body: JSON.stringify(Object.fromEntries(fields)),
  });
  const body = await answer.json();
  if (answer.ok) {
    watch(body.links.stream);
  } else {
    status.textContent = `${body.title}: ${body.detail}`;
  }
});

function watch(path) {
  // Comes again by itself, from the last event it saw.
  const stream = new EventSource(path);
  const on = (name, show) => stream.addEventListener(name, e => show(JSON.parse(e.data)));
  let said;
  const draft = Object.assign(document.createElement('li'), { className: 'draft' });

  on('status', battle => {
    status.textContent = `${battle.state}, turn ${battle.turn}`;
  });
  on('delta', delta => {
    list.append(draft);
    if (delta.offset === 0) draft.textContent = '';
    draft.textContent += delta.text;
  });
  on('retry', () => {
    draft.textContent = '';
  });
  on('message', message => {
    draft.textContent = '';
    draft.remove();
    said = document.createElement('li');
    said.textContent = `${message.role}: ${message.content}`;
    list.append(said);
  });
  on('verdict', verdict => {
    const line = document.createElement('div');
    line.className = 'verdict';
    line.textContent = `judge: ${verdict.verdict} (${verdict.decidedBy})`;
    // The draft of the next message may stand below it already.
    said?.append(line);
  });
  on('ended', battle => {
    stream.close();
    draft.remove();
    status.textContent = `ended: ${battle.endedReason} after ${battle.turn} turns`;
  });
}
