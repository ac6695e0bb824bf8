import { removeChannelProcedure, retryAlertProcedure, saveChannelProcedure, testChannelProcedure } from "./alert/change.ts";
import { listChannels } from "./alert/channels.ts";
import { listAlerts } from "./alert/list.ts";
import { countCatalogFacets } from "./catalog/facets.ts";
import { listCatalog } from "./catalog/list.ts";
import { getDefinition } from "./definition/get.ts";
import { previewDefinition } from "./definition/preview.ts";
import { saveDefinition } from "./definition/save.ts";
import { getDriftFeature } from "./drift/feature.ts";
import { listDrift } from "./drift/list.ts";
import { explainDrift } from "./drift/segments.ts";
import { getDriftSettings, previewDrift, saveDriftSettingsProcedure } from "./drift/settings.ts";
import { getDriftStatus } from "./drift/status.ts";
import { getEntity } from "./entity/get.ts";
import { getFeature } from "./feature/get.ts";
import { getIncident } from "./incident/get.ts";
import { acknowledgeIncidentProcedure, assignIncidentProcedure, snoozeIncidentProcedure } from "./incident/handle.ts";
import { listIncidents } from "./incident/list.ts";
import { createCallerFactory, router } from "./init.ts";
import { getLineage } from "./lineage/graph.ts";
import { getLiveCursor } from "./live/cursor.ts";
import { followLive } from "./live/follow.ts";
import { listKeyChoices } from "./lookup/choices.ts";
import { listKnownKeys } from "./lookup/keys.ts";
import { readOffline } from "./lookup/offline.ts";
import { readOnline } from "./lookup/online.ts";
import { previewMaterializeProcedure } from "./materialize/preview.ts";
import { startMaterializeProcedure } from "./materialize/start.ts";
import { listExpiry } from "./monitor/expiry.ts";
import { listFreshness } from "./monitor/freshness.ts";
import { getMonitorOverview } from "./monitor/overview.ts";
import { getViewMonitor } from "./monitor/view.ts";
import { getOverview } from "./overview/get.ts";
import { listParity } from "./parity/list.ts";
import { setSamplingProcedure } from "./parity/set-sampling.ts";
import { getViewParity } from "./parity/view.ts";
import { listProjects } from "./project/list.ts";
import { listQuality } from "./quality/list.ts";
import { getViewQuality } from "./quality/view.ts";
import { cancelRunProcedure } from "./run/cancel.ts";
import { listRunChoices } from "./run/choices.ts";
import { listRunEvents } from "./run/events.ts";
import { getRun } from "./run/get.ts";
import { listRuns } from "./run/list.ts";
import { resumeRunProcedure } from "./run/resume.ts";
import { getSchedule } from "./schedule/get.ts";
import { pauseScheduleProcedure } from "./schedule/pause.ts";
import { resumeScheduleProcedure } from "./schedule/resume.ts";
import { getService } from "./service/get.ts";
import { browseSourceFiles } from "./source/browse.ts";
import { getSource } from "./source/get.ts";
import { inspectSource } from "./source/inspect.ts";
import { inspectSourceFile } from "./source/inspect-file.ts";
import { getSystemInfo } from "./system/info.ts";
import {
  createTrainingSetProcedure,
  previewTrainingSet,
  removeTrainingSetProcedure,
  repinTrainingSetProcedure,
  startTrainingSetProcedure,
} from "./training-set/change.ts";
import { getTrainingResult, getTrainingSetProcedure } from "./training-set/get.ts";
import { listTrainingSetsProcedure } from "./training-set/list.ts";
import { getAges } from "./view/ages.ts";
import { getView } from "./view/get.ts";
import { getOnline } from "./view/online.ts";
import { profileView, profileViewAgain } from "./view/profile.ts";
import { sampleView } from "./view/sample.ts";
import { listVersions } from "./view/versions.ts";

export const appRouter = router({
  alert: router({
    channels: listChannels,
    save: saveChannelProcedure,
    remove: removeChannelProcedure,
    test: testChannelProcedure,
    list: listAlerts,
    retry: retryAlertProcedure,
  }),
  catalog: router({ list: listCatalog, facets: countCatalogFacets }),
  definition: router({ get: getDefinition, preview: previewDefinition, save: saveDefinition }),
  drift: router({
    list: listDrift,
    status: getDriftStatus,
    feature: getDriftFeature,
    segments: explainDrift,
    settings: getDriftSettings,
    preview: previewDrift,
    saveSettings: saveDriftSettingsProcedure,
  }),
  entity: router({ get: getEntity }),
  feature: router({ get: getFeature }),
  lineage: router({ graph: getLineage }),
  live: router({ cursor: getLiveCursor, follow: followLive }),
  lookup: router({ choices: listKeyChoices, keys: listKnownKeys, online: readOnline, offline: readOffline }),
  materialize: router({ preview: previewMaterializeProcedure, start: startMaterializeProcedure }),
  overview: router({ get: getOverview }),
  incident: router({
    list: listIncidents,
    get: getIncident,
    acknowledge: acknowledgeIncidentProcedure,
    assign: assignIncidentProcedure,
    snooze: snoozeIncidentProcedure,
  }),
  monitor: router({ overview: getMonitorOverview, freshness: listFreshness, expiry: listExpiry, view: getViewMonitor }),
  parity: router({ list: listParity, view: getViewParity, setSampling: setSamplingProcedure }),
  quality: router({ list: listQuality, view: getViewQuality }),
  project: router({ list: listProjects }),
  run: router({ list: listRuns, choices: listRunChoices, get: getRun, events: listRunEvents, cancel: cancelRunProcedure, resume: resumeRunProcedure }),
  schedule: router({ get: getSchedule, pause: pauseScheduleProcedure, resume: resumeScheduleProcedure }),
  service: router({ get: getService }),
  source: router({ get: getSource, inspect: inspectSource, browse: browseSourceFiles, inspectFile: inspectSourceFile }),
  system: router({ info: getSystemInfo }),
  trainingSet: router({
    list: listTrainingSetsProcedure,
    get: getTrainingSetProcedure,
    result: getTrainingResult,
    preview: previewTrainingSet,
    create: createTrainingSetProcedure,
    start: startTrainingSetProcedure,
    repin: repinTrainingSetProcedure,
    remove: removeTrainingSetProcedure,
  }),
  view: router({
    get: getView,
    online: getOnline,
    versions: listVersions,
    sample: sampleView,
    profile: profileView,
    profileAgain: profileViewAgain,
    ages: getAges,
  }),
});

/** Calls procedures in this process. */
export const createCaller = createCallerFactory(appRouter);

export type AppRouter = typeof appRouter;
