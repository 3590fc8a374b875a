using System.Text;
using Detector.Worker.Contracts;
using Detector.Worker.Publishing;

namespace Detector.Worker.Tests.Publishing;

public sealed class WriterTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 12, 0, 0, TimeSpan.FromHours(1));

    [Fact]
    public void Write_Alert_IsTheJsonOfTheContract()
    {
        OutboundRecord record = AlertWriter.Write(Alert(), Receipt.None);
        Assert.Equal(
            """
            {"id":"0b9e","state":"firing","revision":1,"pipeline":"pumps","series":"pümp-3","severity":"critical","startedAt":"2026-01-01T11:00:00.000Z",
            "updatedAt":"2026-01-01T11:00:01.500Z","endedAt":null,"score":8.1,"threshold":3.2,"pValue":2E-07,"peak":{"at":"2026-01-01T11:00:00.0000001Z","score":9.4},
            "features":[{"name":"pressure","contribution":0.62,"value":4.91,"expected":3.1,"band":[2.8,3.4]},{"name":"t","contribution":0.38,"value":null,"expected":null,"band":[null,1]}],
            "model":{"version":"v1","networks":["denoising","variational"]},"configHash":"c0ffee","kind":"anomaly","group":"0b9e"}
            """.ReplaceLineEndings(""),
            Encoding.UTF8.GetString(record.Payload));
        Assert.Equal(("alert", "pümp-3"), (record.Kind, Encoding.UTF8.GetString(record.Key)));
    }

    [Fact]
    public void Write_Alert_CarriesCloudEventsAttributes()
    {
        OutboundRecord record = AlertWriter.Write(Alert() with { State = AlertState.Resolved, Revision = 3 }, Receipt.None);
        Assert.Equal(
            [
                "ce_specversion=1.0", "ce_id=0b9e-3", "ce_source=/detector/pipelines/pumps", "ce_type=io.detector.alert.resolved",
                "ce_time=2026-01-01T11:00:01.500Z", "ce_subject=pümp-3", "content-type=application/json",
            ],
            record.Headers.Select(header => $"{header.Key}={header.Value}"));
    }

    [Fact]
    public void Read_WrittenAlert_IsTheSame()
    {
        Alert alert = Alert();
        Alert? read = AlertWriter.Read(AlertWriter.Write(alert, Receipt.None).Payload);
        Assert.NotNull(read);
        Assert.Equal((alert.Id, alert.StartedAt, alert.Peak, alert.State), (read.Id, read.StartedAt, read.Peak, read.State));
        Assert.Equal(AlertWriter.Write(alert, Receipt.None).Payload, AlertWriter.Write(read, Receipt.None).Payload);
    }

    [Fact]
    public void Write_Score_NeverHoldsNumbersThatJsonHasNot()
    {
        var score = new ScoreRecord("pumps", "p1", s_start, double.NaN, double.PositiveInfinity, false, 0.5);
        Assert.Equal(
            """{"pipeline":"pumps","series":"p1","timestamp":"2026-01-01T11:00:00.000Z","score":null,"threshold":null,"anomalous":false,"pValue":0.5}""",
            Encoding.UTF8.GetString(ScoreWriter.Write(score, Receipt.None).Payload));
    }

    [Fact]
    public void Write_Threshold_IsKeyedBySeries()
    {
        OutboundRecord record = ThresholdWriter.Write(new ThresholdRecord("pumps", "p1", s_start, "spot", 3.2, 0.14, "v1"), Receipt.None);
        Assert.Equal(
            """{"pipeline":"pumps","series":"p1","at":"2026-01-01T11:00:00.000Z","method":"spot","threshold":3.2,"statedPerDay":0.14,"modelVersion":"v1"}""",
            Encoding.UTF8.GetString(record.Payload));
        Assert.Equal("p1", Encoding.UTF8.GetString(record.Key));
        Assert.Contains(new("ce_type", "io.detector.threshold"), record.Headers);
    }

    [Fact]
    public void Write_DeadLetter_SaysWhereFromAndWhyAndIsCut()
    {
        var message = new RawMessage(new byte[100_000], "k"u8.ToArray(), "sensors", 3, 42, new Receipt(null, 7));
        OutboundRecord record = DeadLetterWriter.Write("plant", message, DropReason.TooLarge);
        Assert.Equal(65_536, record.Payload.Length);
        Assert.Equal((7, "k"), (record.Receipt.Ticket, Encoding.UTF8.GetString(record.Key)));
        Assert.Equal(
            [
                "detector_source=plant", "detector_topic=sensors", "detector_partition=3", "detector_offset=42", "detector_reason=too_large",
                "detector_original_bytes=100000",
            ],
            record.Headers.Select(header => $"{header.Key}={header.Value}"));
    }

    private static Alert Alert() => new(
        "0b9e", AlertState.Firing, 1, "pumps", "pümp-3", Severity.Critical, s_start, s_start.AddMilliseconds(1500), null, 8.1, 3.2, 2e-7,
        new AlertPeak(s_start.AddTicks(1), 9.4),
        [new AlertFeature("pressure", 0.62, 4.91, 3.1, [2.8, 3.4]), new AlertFeature("t", 0.38, null, double.NaN, [double.NegativeInfinity, 1])],
        new AlertModel("v1", ["denoising", "variational"]),
        "c0ffee");
}
