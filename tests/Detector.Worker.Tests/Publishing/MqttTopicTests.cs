using System.Text;
using Detector.Worker.Publishing;

namespace Detector.Worker.Tests.Publishing;

public sealed class MqttTopicTests
{
    [Theory]
    [InlineData("alerts", "pump-1", "alerts")]
    [InlineData("alerts/{series}", "pump-1", "alerts/pump-1")]
    [InlineData("{series}/alerts/{series}", "ü 1", "ü 1/alerts/ü 1")]
    [InlineData("alerts/{series}", "", "alerts/_")]
    [InlineData("alerts/{series}", "a/b+c#d\0e%f", "alerts/a%2Fb%2Bc%23d%00e%25f")]
    [InlineData("{series}", "$SYS", "%24SYS")]
    [InlineData("alerts/{series}", "a\nb\u007F", "alerts/a%0Ab%7F")]
    public void For_AnySeries_IsOneLevelWithoutWildcards(string template, string series, string topic) =>
        Assert.Equal(topic, new MqttTopic(template).For(Encoding.UTF8.GetBytes(series)));
}
