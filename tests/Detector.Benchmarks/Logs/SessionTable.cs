using System.Globalization;
using Detector.Models.Compute;
using Detector.Models.Logs.Sessions;

namespace Detector.Benchmarks.Logs;

/// <summary>Sessions of HDFS: trained on normal ones, the threshold from the stated rate; the trivial detectors beside.</summary>
internal static class SessionTable
{
    private static readonly (string Name, string[] Views)[] s_rows =
    [
        ("new event", ["new_event"]),
        ("length", ["length"]),
        ("counts", ["counts"]),
        ("transitions", ["transitions"]),
        ("autoencoder", ["autoencoder"]),
        ("new event, length, counts", ["new_event", "length", "counts"]),
        ("all but the autoencoder", ["new_event", "length", "counts", "transitions"]),
        ("all but transitions", ["new_event", "length", "counts", "autoencoder"]),
        ("**all**", ["new_event", "length", "counts", "transitions", "autoencoder"]),
    ];

    public static void Write(string folder, Report report)
    {
        List<(bool Anomalous, ulong[] Events)> train = LogFiles.Sessions(Path.Combine(folder, "logs_hdfs", "train_normal.csv.gz"));
        List<(bool Anomalous, ulong[] Events)> test =
        [
            .. LogFiles.Sessions(Path.Combine(folder, "logs_hdfs", "test_abnormal.csv.gz")), .. LogFiles.Sessions(Path.Combine(folder, "logs_hdfs", "test_normal_sample.csv.gz")),
        ];
        Write(report, "Sessions of logs_hdfs", train, test, normalWeight: 99.12);
        Write(
            report, "Sessions of logs_hdfs_100k", LogFiles.Sessions(Path.Combine(folder, "logs_hdfs_100k", "sessions_train.csv.gz")),
            LogFiles.Sessions(Path.Combine(folder, "logs_hdfs_100k", "sessions_test.csv.gz")), normalWeight: 1);
    }

    private static void Write(
        Report report, string title, List<(bool Anomalous, ulong[] Events)> train, List<(bool Anomalous, ulong[] Events)> test, double normalWeight)
    {
        ulong[][] normal = [.. train.Where(session => !session.Anomalous).Select(session => session.Events)];
        report.Table(title, "views", "stated false alarms", "measured", "precision", "recall", "F1", "training s");
        foreach ((string name, string[] views) in s_rows)
        {
            foreach (double stated in name == "**all**" ? [0.0003, 0.001, 0.003] : (double[])[0.001])
            {
                long started = TimeProvider.System.GetTimestamp();
                using SessionModel model = SessionModel.Train(
                    normal, new SessionModelOptions { FalseAlarms = stated, Views = views }, ComputeDevice.Select("cpu"), TimeProvider.System);
                double seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
                Row(report, name, stated, model, test, normalWeight, seconds);
            }
        }
    }

    private static void Row(Report report, string name, double stated, SessionModel model, List<(bool Anomalous, ulong[] Events)> test, double normalWeight, double seconds)
    {
        double hits = 0, misses = 0, falseAlarms = 0, normals = 0;
        foreach ((bool anomalous, ulong[] events) in test)
        {
            bool found = model.Judge(events).IsAnomalous;
            if (anomalous)
                _ = found ? hits++ : misses++;
            else
                (normals, falseAlarms) = (normals + normalWeight, falseAlarms + (found ? normalWeight : 0));
        }

        double precision = hits + falseAlarms > 0 ? hits / (hits + falseAlarms) : 0;
        double recall = hits / (hits + misses);
        report.Row(
            name, Share(stated), Share(falseAlarms / normals), Text(precision), Text(recall), Text(precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0),
            seconds.ToString("F1", CultureInfo.InvariantCulture));
    }

    private static string Share(double value) => value.ToString("0.00 %", CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
