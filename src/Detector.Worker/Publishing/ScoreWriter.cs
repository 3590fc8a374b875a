using System.Text;
using System.Text.Json;
using Detector.Worker.Contracts;

namespace Detector.Worker.Publishing;

/// <summary>Scores as records, keyed by series. Without headers: there is one for every sample.</summary>
internal static class ScoreWriter
{
    public const string Kind = "score";

    public static OutboundRecord Write(in ScoreRecord score, Receipt receipt) => new(
        Kind, Encoding.UTF8.GetBytes(score.Series), JsonSerializer.SerializeToUtf8Bytes(score, RecordJson.Plain.ScoreRecord), [], receipt);
}
