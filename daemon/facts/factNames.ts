import type { Media } from '../media/media';

/** What a fact means, in a few words, and its unit where it has one. */
export type FactMeaning = readonly [meaning: string, unit?: string];

type FactTable = Readonly<Record<string, FactMeaning>>;

const FILE = {
  'file.size': ['bytes of the file', 'B'],
  'file.format': ['format, told from its bytes'],
} as const satisfies FactTable;

const PICTURE = {
  'image.width': ['width, turned upright', 'px'],
  'image.height': ['height, turned upright', 'px'],
  'image.megapixels': ['width × height', 'MP'],
  'image.aspect': ['width / height'],
  'image.channels': ['channels of the file'],
  'image.bitDepth': ['bits a channel', 'bit'],
  'image.alpha': ['whether it has transparency'],
  'image.frames': ['frames or pages'],
  'image.density': ['dots an inch that the file states', 'dpi'],
  'image.colors': ['distinct colours'],
  'image.dominantColors': ['main colours and their shares'],
  'image.brightness': ['mean luma, 0 to 1'],
  'image.contrast': ['standard deviation of luma'],
  'image.grayscale': ['whether it is grey throughout'],
  'image.sharpness': ['variance of the Laplacian'],
} as const satisfies FactTable;

/** Where text can be read. */
const TEXT = {
  'image.text': ['lines of text, in reading order'],
  'image.textLines': ['number of these lines'],
} as const satisfies FactTable;

/** Where the picture is a plot and text can be read; of several panels the first. */
const PLOT = {
  'plot.kind': ['line, scatter, bar, histogram, pie, box, heat map ...'],
  'plot.panels': ['plotting areas'],
  'plot.title': ['title'],
  'plot.xLabel': ['label of the x axis'],
  'plot.yLabel': ['label of the y axis'],
  'plot.xScale': ['linear, log, time or category'],
  'plot.yScale': ['linear, log, time or category'],
  'plot.xRange': ['values at both ends of the x axis'],
  'plot.yRange': ['values at both ends of the y axis'],
  'plot.legend': ['names of the legend'],
  'plot.seriesCount': ['number of series'],
  'plot.series': ['their names, else colours'],
  'plot.seriesFacts': ['trend, minimum, maximum, first and last value of each'],
  'plot.arrangement': ['horizontal, grouped or stacked bars'],
  'plot.bars': ['number of bars'],
  'plot.barValues': ['value of each bar'],
  'plot.highest': ['largest bar'],
  'plot.lowest': ['smallest bar'],
  'plot.slices': ['share of each slice of a pie'],
  'plot.medians': ['median of each box'],
  'plot.warnings': ['things that are not certain'],
} as const satisfies FactTable;

const SOUND = {
  'audio.duration': ['length', 's'],
  'audio.sampleRate': ['samples a second', 'Hz'],
  'audio.channels': ['channels'],
  'audio.bitDepth': ['bits a sample in the file', 'bit'],
  'audio.bitDepthUsed': ['bits that are really used', 'bit'],
  'audio.samples': ['samples a channel'],
  'audio.loudness': ['integrated loudness, ITU-R BS.1770', 'LUFS'],
  'audio.loudnessRange': ['loudness range, EBU Tech 3342', 'LU'],
  'audio.maxMomentary': ['loudest 0.4 s', 'LUFS'],
  'audio.maxShortTerm': ['loudest 3 s', 'LUFS'],
  'audio.peak': ['largest sample', 'dBFS'],
  'audio.truePeak': ['largest value between the samples', 'dBTP'],
  'audio.rms': ['root mean square', 'dBFS'],
  'audio.noiseFloor': ['level of the quiet parts', 'dBFS'],
  'audio.clipped': ['samples in runs at full scale', 'samples'],
  'audio.clippedSpans': ['where these runs are', 's'],
  'audio.dcOffset': ['mean sample of the worst channel'],
  'audio.silence': ['share of silence'],
  'audio.silenceSpans': ['where it is silent', 's'],
  'audio.leadingSilence': ['silence before the sound', 's'],
  'audio.trailingSilence': ['silence after the sound', 's'],
  'audio.pitch': ['median pitch', 'Hz'],
  'audio.pitchTrack': ['pitch over time'],
  'audio.notes': ['steady pitches with their names'],
  'audio.voiced': ['share of the sound that has a pitch'],
  'audio.onsets': ['beginnings of sounds'],
  'audio.onsetRate': ['of these a second', '1/s'],
  'audio.tempo': ['beats a minute', 'BPM'],
  'audio.tempoConfidence': ['how regular the beat is'],
  'audio.spectralCentroid': ['mean frequency', 'Hz'],
  'audio.bandwidth': ['highest frequency with sound', 'Hz'],
  'audio.speechShare': ['share of speech, estimated'],
  'audio.musicShare': ['share of music, estimated'],
  'audio.stereoWidth': ['0 mono, 1 opposite channels'],
  'audio.correlation': ['of left and right'],
  'audio.balance': ['left over right', 'dB'],
  'audio.dualMono': ['whether both channels are the same'],
} as const satisfies FactTable;

const POINTS = {
  'points.count': ['finite points'],
  'points.declared': ['points that the file declares'],
  'points.encoding': ['how the file stores numbers'],
  'points.bounds': ['smallest and largest corner', 'units'],
  'points.extent': ['size along x, y, z', 'units'],
  'points.center': ['middle of the bounds', 'units'],
  'points.unitsGuess': ['likely unit of length, with the reason'],
  'points.density': ['points a volume', 'points/unit³'],
  'points.spacing': ['mean distance to the nearest', 'units'],
  'points.hasColors': ['whether there are colours'],
  'points.colors': ['mean colour'],
  'points.colorStats': ['main colours and their shares'],
  'points.hasNormals': ['whether there are normals'],
  'points.normals': ['shares of flat, linear, scattered places'],
  'points.intensity': ['smallest and largest intensity'],
  'points.classes': ['points of each ASPRS class'],
  'points.returns': ['points of each return'],
  'points.crs': ['coordinate system that is stated'],
  'points.principalAxes': ['directions and extents, PCA', 'units'],
  'points.planes': ['floor, walls, other planes', 'units'],
  'points.clusters': ['separate groups'],
  'points.clusterSizes': ['their shares of the points'],
  'points.symmetry': ['mirror planes with scores'],
  'points.outliers': ['share of lone points'],
  'points.faces': ['triangles of a mesh'],
  'points.area': ['its surface', 'units²'],
  'points.volume': ['its volume, where it is closed', 'units³'],
  'points.watertight': ['whether it is closed'],
  'points.holes': ['its open rims'],
  'points.components': ['its separate parts'],
  'points.nonManifoldEdges': ['edges of more than two triangles'],
  'points.euler': ['Euler characteristic'],
  'points.genus': ['handles'],
} as const satisfies FactTable;

const VIDEO = {
  'video.duration': ['length', 's'],
  'video.frameRate': ['frames a second', 'Hz'],
  'video.variableRate': ['whether the rate varies'],
  'video.width': ['width, turned upright', 'px'],
  'video.height': ['height, turned upright', 'px'],
  'video.frames': ['frames in the file'],
  'video.codec': ['codec'],
  'video.profile': ["the codec's profile and level"],
  'video.bitRate': ['bits a second of the picture', 'bit/s'],
  'video.rotation': ['turn that the file states', '°'],
  'video.color': ['primaries, transfer, matrix'],
  'video.hdr': ['whether it is PQ or HLG'],
  'video.created': ['when it was made, as stated'],
  'video.loop': ['how often an animation plays'],
  'video.sampledFrames': ['moments that the model sees', 's'],
  'video.sceneCuts': ['moments of cuts', 's'],
  'video.scenes': ['cuts + 1'],
  'video.motion': ['mean change between frames', '%'],
  'video.motionLevel': ['still, slow or fast'],
  'video.motionSpans': ['when it is which', 's'],
  'video.motionDirection': ['where the picture moves'],
  'video.brightness': ['mean luma, 0 to 1'],
  'video.brightnessOverTime': ['luma over the video'],
  'video.blackSpans': ['when it is black', 's'],
  'video.sound': ['whether it has sound'],
  'video.sound.codec': ["the sound's codec"],
  'video.sound.sampleRate': ["the sound's samples a second", 'Hz'],
  'video.sound.channels': ["the sound's channels"],
  'video.sound.decoded': ['seconds of sound that were decoded', 's'],
} as const satisfies FactTable;

/** Of the map; its photograph is a file of its own. */
const MAP = {
  'map.kind': ['depth or normal'],
  'map.width': ['width', 'px'],
  'map.height': ['height', 'px'],
  'map.bitDepth': ['bits a channel', 'bit'],
  'map.invalidShare': ['share of pixels without a value'],
  'map.photo': ['photograph that goes with it'],
  'map.photoSize': ['its width and height', 'px'],
} as const satisfies FactTable;

const DEPTH = {
  'map.range': ['smallest and largest depth', 'as the file'],
  'map.median': ['median depth', 'as the file'],
  'map.percentiles': ['depths by percent of the pixels', 'as the file'],
  'map.nearestRegion': ['place and share of the nearest region'],
  'map.nearestValue': ['its mean depth', 'as the file'],
  'map.discontinuities': ['share of steps between neighbours'],
  'map.planes': ['floor, ceiling, walls with shares'],
} as const satisfies FactTable;

const NORMALS = {
  'map.meanNormal': ['mean direction'],
  'map.normalSpread': ['0 all alike, 1 they cancel'],
  'map.directions': ['shares of the six directions'],
  'map.flatness': ['share of flat places'],
  'map.unitLength': ['share of vectors of length 1'],
} as const satisfies FactTable;

const IMU = {
  'imu.sensors': ['accelerometer, gyroscope'],
  'imu.samples': ['samples, before any resampling'],
  'imu.columns': ['what each column was taken for'],
  'imu.sampleRate': ['samples a second', 'Hz'],
  'imu.duration': ['length', 's'],
  'imu.jitter': ['unsteadiness of the clock', 'ms'],
  'imu.gaps': ['missing stretches'],
  'imu.gapSpans': ['when they are', 's'],
  'imu.saturated': ['channels at the limit of the sensor'],
  'imu.gravity': ['direction that is up'],
  'imu.gravityMagnitude': ['mean acceleration', 'm/s2'],
  'imu.activityEnergy': ['how much it moves', 'm/s2'],
  'imu.stillShare': ['share of seconds at rest'],
  'imu.dominantFrequency': ['rhythm of the motion', 'Hz'],
  'imu.stepsPerMinute': ['rhythm as steps'],
  'imu.rotation': ['turned about x, y, z in all', 'deg'],
  'imu.largestRotationRate': ['fastest turn', 'deg/s'],
} as const satisfies FactTable;

const FMRI = {
  'fmri.voxels': ['values of a response, or voxels of a frame'],
  'fmri.range': ['smallest and largest value'],
  'fmri.mean': ['mean of a response'],
  'fmri.deviation': ['its standard deviation'],
  'fmri.dimensions': ['voxels along x, y, z'],
  'fmri.voxelSize': ['size of a voxel', 'mm'],
  'fmri.frames': ['frames'],
  'fmri.repetitionTime': ['time between frames', 's'],
  'fmri.dataType': ['type of the stored numbers'],
  'fmri.orientation': ['where x, y, z point'],
} as const satisfies FactTable;

/** Every fact that a file of a kind can give, `file.*` apart: what it means and its unit. The README's list is made of this. */
export const factNames = {
  image: { ...PICTURE, ...TEXT, ...PLOT },
  audio: SOUND,
  video: { ...VIDEO, ...SOUND },
  point: POINTS,
  rgbd: { ...MAP, ...DEPTH },
  rgbn: { ...MAP, ...NORMALS },
  imu: IMU,
  fmri: FMRI,
} as const satisfies Record<Media['kind'], FactTable>;

/** Of every file. */
export const fileFactNames: FactTable = FILE;
