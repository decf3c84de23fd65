/**
 * Every string of the pages (chat panel, plot page) that a person reads, in English; {0}, {1} ... are filled in. The
 * extension translates them (l10n/) and hands them to the page; a string that is not here does not compile there.
 * Questions to the model are not among them: the embedded model was trained on English ones.
 */
export const PANEL_STRINGS = [
  // announcer
  'Answer: {0}',
  'The answer was stopped.',
  // answerFooter
  'Copy answer',
  'Model: {0}',
  'Device: {0}',
  'First word after {0}, {1} tokens a second',
  'Reading the file {0}, encoding {1} (kept from before)',
  'Reading the file {0}, encoding {1}',
  'Tokens: {0} asked, of these {1} for the files; {2} answered',
  // attachmentCard
  'Remove {0}',
  // composer
  'Attached files',
  'Question',
  'Send',
  'Stop',
  'New chat',
  'Ask',
  'Attach file',
  'Ask about this file',
  // confidence
  'High confidence, {0} %',
  'Medium confidence, {0} %',
  'Low confidence, {0} %',
  'Of answers of which the model was this sure, about {0} % were right on files that it had never seen.',
  'On average the model gave {0} % of its belief to each piece of text that it chose (geometric mean of the tokens’ probabilities). It tells how sure the model is of its words, not how likely it is right.',
  // conversation
  'Conversation',
  // clipboardPicture
  'Press {0} here to paste the picture.',
  'There is no picture on the clipboard.',
  // dropAndPaste
  'pasted',
  '{0} is larger than 32 MiB. Use the Attach button instead.',
  '{0} could not be read.',
  // emptyState
  'Examples',
  'What you can do',
  'Ask about a file',
  'An image, a plot, a recording or a point cloud. The model runs on this machine; nothing leaves it.',
  'Right-click a file and choose Describe This File',
  'Attach a file, or paste an image',
  'Hold Shift and drop files here',
  // errorBox
  'Error {0}',
  'Try again',
  'Restart engine',
  'Show log',
  // factText
  'yes',
  'no',
  '(empty)',
  // factsView
  'Measured facts',
  'Measured facts of {0}',
  'Name',
  'Value',
  'How',
  // main
  'OneLens chat',
  'Drop to attach',
  // plot/main
  'Extracted data',
  'Show what was read over the plot',
  'Open as CSV',
  'Open as JSON',
  'Copy CSV',
  'Kind of plot: {0}; series: {1}; points: {2}.',
  'Measured in the picture, not guessed by a model.',
  'What is not certain',
  // plot/overlay
  'The plot {0}',
  // plot/seriesTable
  'No series could be read.',
  'Series',
  'Points',
  'First',
  'Last',
  'Lowest',
  'Highest',
  'Series {0}',
  'Series of {0}',
  // previews/pictures
  'What the model sees of {0}',
  // previews/pointsPreview
  'Point cloud of {0}. The arrow keys turn it.',
  'Drag to turn',
  // previews/spectrogram
  'Spectrogram of {0}, {1} to {2}, frequency upwards',
  // previews/traces
  '{0} of {1} over time, in {2}',
  // previews/waveform
  'Waveform of {0}, {1}',
  // stages
  'Waiting for the answer before…',
  'Starting the engine…',
  'Loading the model…',
  'Reading the file…',
  'Encoding…',
  'Thinking…',
  'Working…',
  // statusLine
  'Starting…',
  'Engine failed',
  // trustBanner
  'Restricted Mode',
  'Restricted Mode: files are measured by decoders without native code, pictures by their headers only. No model is asked, and no other program is run.',
  'Manage Workspace Trust',
  // turnView
  'Stopped.',
  'Cut at the limit of tokens.',
  // the conversation
  // answerFooter
  'Answer',
  'Insert at cursor',
  'Regenerate',
  'Answers',
  'Previous answer',
  'Next answer',
  '{0} of {1}',
  'Timings: {0}',
  // answerText
  'Copy code',
  'Code',
  'Code, {0}',
  // composer
  'Attach a file, or type # to choose one',
  // filePicker
  'Files',
  'No file fits',
  '1 file; Enter attaches it',
  '{0} files; arrows choose, Enter attaches',
  // followUps
  'What to ask next',
  'Extract the data',
  // questionView
  'Edit and ask again',
  'Edit the question',
  'Cancel',
  'Ask again',
  'This question and what follows it are replaced. Answers that go stay in the chat history.',
  // timings
  'Timings',
  'Reading the file',
  'Encoding',
  'First token after',
  'Speed',
  '{0} tokens/s',
  'In all',
  'Tokens',
  '{0} asked ({1} for files), {2} answered',
  '{0} (kept from before)',
  'Model',
  'Device',
  // turnView
  'Stop this answer',
  'Interrupted: the window closed before the answer was whole.',
  'Other words were drawn by chance, and the answer is the same.',
  'The same answer: at temperature 0 the likeliest word is taken each time.',
  'Change temperature',
  // folder/ (the page that describes a folder)
  'Descriptions',
  'Files described',
  'The folder has more files than fit here; the first {0} are shown.',
  'Start',
  'Resume',
  'Try Failed Again',
  'Refresh',
  'Save…',
  'Filter by words',
  'Filter the files by words',
  'Describing',
  '{0} ({1} shown)',
  '{0} of {1} files read.',
  'Picture',
  'File',
  'Kind',
  'Description by the model',
  'Confidence',
  'Measured',
  'Reading…',
  'Not described yet',
  'A guess:',
  'Details of {0}',
  'Open',
  'Ask in Chat',
  'Describe Again',
  'Try Again',
  'The model:',
  'The model, guessing:',
  'Measured:',
  '{0} of {1} described',
  '{0} of {1} described, {2} failed',
  'Looking for files: {0} so far',
  '{0}. Reading {1}',
  '{0}. Waiting while the chat answers',
  'No pictures, sounds, videos or point clouds in this folder',
  '{0}. Done',
  '{0}. Stopped',
  'Describing waits while the chat answers.',
  'Describing ended: {0}',
  'Describing goes on.',
  'Describing begins. Files: {0}.',
  'Done: {0}.',
  'Stopped: {0}.',
] as const;

export type PanelString = (typeof PANEL_STRINGS)[number];
