using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace Prometheus;

/// <summary>Answers a request with the metrics of a registry; <c>MapMetrics</c> puts it behind a path.</summary>
public sealed class MetricServerMiddleware
{
    private readonly CollectorRegistry _registry;
    private readonly bool _offersOpenMetrics;

    // The next step of the request pipeline is part of the signature, and never taken.
    public MetricServerMiddleware(RequestDelegate next, Settings settings)
    {
        _ = next;
        _registry = settings.Registry ?? Metrics.DefaultRegistry;
        _offersOpenMetrics = settings.EnableOpenMetrics;
    }

    public async Task Invoke(HttpContext context)
    {
        var openMetrics = PrefersOpenMetrics(context.Request);
        try
        {
            var text = await _registry.CollectAsync(openMetrics ? ExpositionFormat.OpenMetricsText : ExpositionFormat.PrometheusText, context.RequestAborted);
            if (text.IsEmpty) return;

            context.Response.ContentType = openMetrics
                ? PrometheusConstants.OpenMetricsContentTypeWithVersionAndEncoding
                : PrometheusConstants.TextContentTypeWithVersionAndEncoding;
            context.Response.StatusCode = StatusCodes.Status200OK;
            await context.Response.Body.WriteAsync(text, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked no longer listens.
        }
    }

    // The query "?accept=" outranks the header, for browsers that cannot send one.
    private bool PrefersOpenMetrics(HttpRequest request)
    {
        if (!_offersOpenMetrics) return false;

        var accepted = request.Query.TryGetValue("accept", out var query) ? string.Join(',', query.ToArray()) : request.Headers.Accept.ToString();
        return accepted.Split(',')
            .Select(item => MediaTypeWithQualityHeaderValue.TryParse(item, out var type) ? type : null)
            .OfType<MediaTypeWithQualityHeaderValue>()
            .OrderByDescending(type => type.Quality ?? 1)
            .FirstOrDefault(type => type.MediaType is PrometheusConstants.TextContentType or PrometheusConstants.OpenMetricsContentType)
            ?.MediaType == PrometheusConstants.OpenMetricsContentType;
    }

    /// <summary>What is exported, and how.</summary>
    public sealed class Settings
    {
        /// <summary>Null takes the default registry.</summary>
        public CollectorRegistry? Registry { get; set; }

        /// <summary>True answers in OpenMetrics where the client asks for it.</summary>
        public bool EnableOpenMetrics { get; set; } = true;
    }
}
