// The addresses of a scenario's servers, put on the loopback interface of the network namespace in which the
// exam runs, and taken away again. All others are out of reach there, as they are from a laboratory.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;

namespace Resolver.Scenarios;

/// <summary>Addresses of the loopback interface.</summary>
internal sealed class LabAddresses : IDisposable
{
    private readonly List<IPAddress> _addresses;

    public LabAddresses(IEnumerable<IPAddress> addresses)
    {
        _addresses = [.. addresses.Where(static a => !IPAddress.IsLoopback(a))];
        Change("add");
    }

    public void Dispose() => Change("del");

    private void Change(string verb)
    {
        if (_addresses.Count == 0)
        {
            return;
        }

        ProcessStartInfo start = new("ip") { ArgumentList = { "-batch", "-" }, RedirectStandardInput = true };
        using Process ip = Process.Start(start)!;
        foreach (IPAddress address in _addresses)
        {
            string length = address.AddressFamily == AddressFamily.InterNetwork ? "32" : "128 nodad";
            ip.StandardInput.WriteLine($"address {verb} {address}/{length} dev lo");
        }

        ip.StandardInput.Close();
        ip.WaitForExit();
        if (ip.ExitCode != 0)
        {
            throw new InvalidOperationException($"ip address {verb} failed for the scenario's addresses");
        }
    }
}
