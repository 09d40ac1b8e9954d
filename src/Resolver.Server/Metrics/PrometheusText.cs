// The Prometheus text format, version 0.0.4: for each family its help, its kind and a line for each series.
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Resolver.Server;

/// <summary>Writes families of metrics.</summary>
internal static class PrometheusText
{
    /// <summary>The content type of the format.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>The page.</summary>
    public static string Format(IEnumerable<MetricFamily> families)
    {
        StringBuilder text = new();
        foreach (MetricFamily family in families)
        {
            string kind = family.Kind switch
            {
                MetricKind.Counter => "counter",
                MetricKind.Histogram => "histogram",
                MetricKind.Gauge => "gauge",
                _ => "untyped",
            };
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(family.Help).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(kind).Append('\n');
            foreach (MetricSeries series in family.Series)
            {
                if (family.Kind == MetricKind.Histogram)
                {
                    AppendBuckets(text, family, series);
                }
                else
                {
                    AppendLine(text, family.Name, Labels(series, null), series.Value);
                }
            }
        }

        return text.ToString();
    }

    private static void AppendBuckets(StringBuilder text, MetricFamily family, MetricSeries series)
    {
        (long[] buckets, double sum) = series.ReadBuckets();
        long count = 0;
        for (int i = 0; i < buckets.Length; i++)
        {
            count += buckets[i];
            string bound = i < family.Bounds.Count ? Number(family.Bounds[i]) : "+Inf";
            AppendLine(text, family.Name + "_bucket", Labels(series, bound), count);
        }

        AppendLine(text, family.Name + "_sum", Labels(series, null), sum);
        AppendLine(text, family.Name + "_count", Labels(series, null), count);
    }

    private static void AppendLine(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels).Append(' ').Append(Number(value)).Append('\n');

    private static string Labels(MetricSeries series, string? bound)
    {
        StringBuilder labels = new();
        foreach ((string key, object? value) in series.Tags)
        {
            labels.Append(labels.Length == 0 ? '{' : ',').Append(key).Append("=\"");
            labels.Append(Escape(value?.ToString() ?? "")).Append('"');
        }

        if (bound is not null)
        {
            labels.Append(labels.Length == 0 ? '{' : ',').Append("le=\"").Append(bound).Append('"');
        }

        return labels.Length == 0 ? "" : labels.Append('}').ToString();
    }

    private static string Escape(string value) => value
        .Replace("\\", "\\\\", System.StringComparison.Ordinal)
        .Replace("\"", "\\\"", System.StringComparison.Ordinal)
        .Replace("\n", "\\n", System.StringComparison.Ordinal);

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
