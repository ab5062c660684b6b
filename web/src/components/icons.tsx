// Drawn, not loaded: they follow the text's colour and size, also in dark and forced colours.

const box = { viewBox: "0 0 24 24", class: "drawn", "aria-hidden": true } as const;

export const Emblem = () => (
  <svg {...box} class="drawn emblem">
    <circle cx="4" cy="12" r="1.9" />
    <circle cx="12" cy="12" r="1.9" />
    <circle cx="20" cy="12" r="1.9" />
    <path d="M6 12h4M14 12h4" />
  </svg>
);

export const CloseIcon = () => (
  <svg {...box}>
    <path d="M5 5l14 14M19 5L5 19" />
  </svg>
);

export const SendIcon = () => (
  <svg {...box}>
    <path d="M4 12h15M13 6l6 6-6 6" />
  </svg>
);

export const MicrophoneIcon = () => (
  <svg {...box}>
    <path d="M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5 11a7 7 0 0 0 14 0M12 18v3" />
  </svg>
);

export const SpeakerIcon = () => (
  <svg {...box}>
    <path d="M4 9v6h4l5 4V5L8 9zM16.5 8.5a5 5 0 0 1 0 7" />
  </svg>
);
