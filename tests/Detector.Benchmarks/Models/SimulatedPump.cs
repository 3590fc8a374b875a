using System.Globalization;
using Detector.Benchmarks.Accuracy;
using Detector.Models.Evaluation;
using Detector.Worker.Cli.Quickstart;

namespace Detector.Benchmarks.Models;

/// <summary>A pump of the simulated plant: 1,800 s without faults to learn from, then 3,000 s with each fault once, for 150 s.</summary>
internal sealed class SimulatedPump : IDisposable
{
    private const int TrainRows = 1800;
    private const int TestRows = 3000;
    private const int FaultRows = 150;
    private const double RampRows = 30;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("detector-plant-");

    public AccuracyCase Case()
    {
        string file = Path.Combine(_directory.FullName, "pump.csv");
        using (var output = new StreamWriter(file))
            Write(output);
        return new AccuracyCase("simulated pump", file, TrainRows, [new CaseTest("simulated pump", file, TrainRows, BufferWidth.Fallback) { GoesOn = true }]);
    }

    private static void Write(StreamWriter output)
    {
        FaultKind[] kinds = Enum.GetValues<FaultKind>();
        int spacing = TestRows / kinds.Length;
        var pump = new PumpSimulator(1);
        double[] values = new double[PumpSimulator.Sensors.Count];
        output.WriteLine($"timestamp,{string.Join(',', PumpSimulator.Sensors)},label");
        for (int row = 0; row < TrainRows + TestRows; row++)
        {
            int since = row - TrainRows;
            int into = since < 0 ? -1 : (since % spacing) - (spacing - FaultRows) / 2;
            bool faulty = into is >= 0 and < FaultRows;
            pump.Next(faulty ? kinds[since / spacing] : null, faulty ? Math.Min(1, into / RampRows) : 0, values);
            string cells = string.Join(',', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
            output.WriteLine($"{PlantMessages.Start.AddSeconds(row):yyyy-MM-dd'T'HH:mm:ss'Z'},{cells},{(faulty ? 1 : 0)}");
        }
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
