// The functions of OpenSSL 3's libcrypto that checking signatures needs, as its manual declares them. The
// safe handles and classes beside this file are the only callers.
using System;
using System.Runtime.InteropServices;

namespace Resolver.Dnssec;

/// <summary>Raw functions. They return 1 on success; pointers are null on failure.</summary>
internal static unsafe partial class Libcrypto
{
    /// <summary>A parameter that is an unsigned integer in the machine's own order.</summary>
    public const uint TypeUnsigned = 2;

    /// <summary>A parameter that is text.</summary>
    public const uint TypeText = 4;

    /// <summary>Selects the parameters of a key.</summary>
    public const int SelectParameters = 0x84;

    /// <summary>Selects its parameters and public part.</summary>
    public const int SelectPublicKey = 0x86;

    private const string Library = "libcrypto.so.3";

    /// <summary>True where the library can be loaded.</summary>
    public static bool IsFound => OperatingSystem.IsLinux() && NativeLibrary.TryLoad(Library, out _);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_CTX_new_from_name")]
    public static partial void* NewContext(void* library, byte* name, byte* properties);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_CTX_free")]
    public static partial void FreeContext(void* context);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_fromdata_init")]
    public static partial int FromDataInit(void* context);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_fromdata")]
    public static partial int FromData(void* context, void** key, int selection, Parameter* parameters);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new")]
    public static partial void* NewKey();

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_free")]
    public static partial void FreeKey(nint key);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_copy_parameters")]
    public static partial int CopyParameters(EvpKey to, EvpKey from);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_set1_encoded_public_key")]
    public static partial int SetEncodedPublicKey(EvpKey key, byte* octets, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_MD_fetch")]
    public static partial nint FetchDigest(void* library, byte* name, byte* properties);

    [LibraryImport(Library, EntryPoint = "EVP_MD_free")]
    public static partial void FreeDigest(nint digest);

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_new")]
    public static partial void* NewDigestContext();

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_free")]
    public static partial void FreeDigestContext(void* context);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerifyInit")]
    public static partial int VerifyInit(
        void* context, void* keyContext, EvpDigest digest, void* engine, EvpKey key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerify")]
    public static partial int Verify(
        void* context, byte* signature, nuint signatureLength, byte* content, nuint length);

    [LibraryImport(Library, EntryPoint = "ERR_clear_error")]
    public static partial void ClearErrors();

    /// <summary>OSSL_PARAM.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Parameter
    {
        /// <summary>Name, ended by a zero octet; null ends the list.</summary>
        public byte* Key;

        /// <summary>A Type constant.</summary>
        public uint DataType;

        /// <summary>The value.</summary>
        public void* Value;

        /// <summary>Octets of the value.</summary>
        public nuint Size;

        /// <summary>Set by the library.</summary>
        public nuint ReturnSize;
    }
}
