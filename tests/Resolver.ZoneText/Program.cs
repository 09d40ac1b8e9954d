// Reads a zone file and prints its records, for tests/interop/text-forms to compare with what other programs
// print: "lines" as dig prints them, "opaque" with RDATA as RFC 3597 §5 writes any type. Mistakes go to
// standard error.
using System;
using System.Collections.Generic;
using System.Globalization;
using Resolver.Wire;

if (args is not ["lines" or "opaque", string path, string zone]
    || !DomainName.TryParse(zone, out DomainName origin))
{
    Console.Error.WriteLine("usage: Resolver.ZoneText lines|opaque FILE ORIGIN");
    return 2;
}

ZoneFileOptions options = new() { Origin = origin };
if (!ZoneFileReader.TryOpen(path, options, out ZoneFileReader? reader, out ZoneFileError? unread))
{
    Console.Error.WriteLine(unread);
    return 1;
}

using (reader)
{
    List<ZoneFileError> errors = [];
    foreach (ZoneRecord record in reader!.ReadAll(errors))
    {
        Console.WriteLine(args[0] == "lines" ? Line(record) : Opaque(record));
    }

    errors.ForEach(Console.Error.WriteLine);
    return errors.Count == 0 ? 0 : 1;
}

static string Line(ZoneRecord record) => RecordText.Format(
    new RecordHeader(record.Owner.Wire, record.Type, record.Class, record.Ttl), record.Rdata.Span);

static string Opaque(ZoneRecord record)
{
    string digits = Convert.ToHexString(record.Rdata.Span);
    return string.Create(
        CultureInfo.InvariantCulture,
        $"{record.Owner} {record.Ttl} {record.Class} "
        + $"TYPE{record.Type.Value} \\# {record.Rdata.Length} {digits}");
}
