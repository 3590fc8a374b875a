using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Prometheus;

/// <summary>Offers metrics over HTTP.</summary>
public static class MetricServerMiddlewareExtensions
{
    /// <summary>Answers requests for <paramref name="pattern"/> with metrics.</summary>
    public static IEndpointConventionBuilder MapMetrics(
        this IEndpointRouteBuilder endpoints, Action<MetricServerMiddleware.Settings> configure, string pattern = "/metrics")
    {
        var settings = new MetricServerMiddleware.Settings();
        configure(settings);
        RequestDelegate answer = new MetricServerMiddleware(_ => Task.CompletedTask, settings).Invoke;
        return endpoints.Map(pattern, answer).WithDisplayName("Prometheus metrics");
    }

    /// <inheritdoc cref="MapMetrics(IEndpointRouteBuilder, Action{MetricServerMiddleware.Settings}, string)"/>
    public static IEndpointConventionBuilder MapMetrics(
        this IEndpointRouteBuilder endpoints, string pattern = "/metrics", CollectorRegistry? registry = null) =>
        endpoints.MapMetrics(settings => settings.Registry = registry, pattern);
}
