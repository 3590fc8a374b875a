using Detector.Worker.Pipeline;

namespace Detector.Worker.Cli;

/// <summary>The pipeline that a command on files runs.</summary>
/// <param name="Name">Its name in the configuration.</param>
/// <param name="Options">Its settings.</param>
/// <param name="StateDirectory">Where the configuration keeps what must survive; null without a configuration.</param>
/// <param name="Device">Device of the configuration.</param>
internal sealed record FilePipeline(string Name, PipelineOptions Options, string? StateDirectory, string Device);
