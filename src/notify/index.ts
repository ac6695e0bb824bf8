export { type ChannelForm, channelInput } from "./channel-schema.ts";
export { deliverAlerts } from "./deliver-alerts.ts";
export { enqueueAlert } from "./enqueue-alert.ts";
export {
  ALERT_STATES,
  type AlertMessage,
  type AlertSender,
  type AlertSeverity,
  type ChannelDeps,
  type ChannelType,
  type NotifyStore,
  type SentAlert,
} from "./port.ts";
export { removeChannel } from "./remove-channel.ts";
export { retryAlert } from "./retry-alert.ts";
export { type SavedChannel, saveChannel } from "./save-channel.ts";
export { type ShownChannel, toShownChannel } from "./shown-channel.ts";
export { testChannel } from "./test-channel.ts";
