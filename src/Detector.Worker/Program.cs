using Detector.Worker.Cli;

return await CommandLine.RunAsync(args).ConfigureAwait(false);
