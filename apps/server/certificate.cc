#include "server/certificate.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <memory>

#include "base/file.h"
#include "base/private_file.h"

namespace euphone::server {
namespace {

constexpr long kTenYears = 3653L * 24 * 3600;
constexpr std::size_t kMostPem = 1 << 16;

template <auto free>
struct Frees {
  template <class T>
  void operator()(T* object) const {
    free(object);
  }
};
using Bio = std::unique_ptr<BIO, Frees<BIO_free_all>>;
using Key = std::unique_ptr<EVP_PKEY, Frees<EVP_PKEY_free>>;
using X509Holder = std::unique_ptr<X509, Frees<X509_free>>;

const Error kNotMade{Errc::kInternal, "OpenSSL could not make a certificate"};

bool AddExtension(X509* certificate, int kind, const std::string& value) {
  const std::unique_ptr<X509_EXTENSION, Frees<X509_EXTENSION_free>> extension(
      X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str()));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool FillIn(X509* certificate, EVP_PKEY* key, const std::string& hostname) {
  std::array<unsigned char, 16> serial{};
  if (RAND_bytes(serial.data(), static_cast<int>(serial.size())) != 1) return false;
  serial[0] &= 0x7F;
  const std::unique_ptr<BIGNUM, Frees<BN_free>> number(
      BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr));
  X509_NAME* const name = X509_get_subject_name(certificate);
  const auto* const text = reinterpret_cast<const unsigned char*>("Euphone");
  std::string names = "DNS:localhost,IP:127.0.0.1";
  if (!hostname.empty()) names += ",DNS:" + hostname + ",DNS:" + hostname + ".local";
  return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) &&
         X509_set_version(certificate, X509_VERSION_3) == 1 &&
         X509_gmtime_adj(X509_getm_notBefore(certificate), -3600) != nullptr &&
         X509_gmtime_adj(X509_getm_notAfter(certificate), kTenYears) != nullptr &&
         X509_set_pubkey(certificate, key) == 1 &&
         X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, text, -1, -1, 0) == 1 &&
         X509_set_issuer_name(certificate, name) == 1 &&
         AddExtension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
         AddExtension(certificate, NID_key_usage, "critical,digitalSignature") &&
         AddExtension(certificate, NID_ext_key_usage, "serverAuth") &&
         AddExtension(certificate, NID_subject_alt_name, names) &&
         X509_sign(certificate, key, EVP_sha256()) > 0;
}

Result<std::string> MakePem(const std::string& hostname) {
  const Key key(EVP_EC_gen("P-256"));
  const X509Holder certificate(X509_new());
  if (!key || !certificate || !FillIn(certificate.get(), key.get(), hostname)) return kNotMade;
  const Bio out(BIO_new(BIO_s_mem()));
  if (!out ||
      PEM_write_bio_PKCS8PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) !=
          1 ||
      PEM_write_bio_X509(out.get(), certificate.get()) != 1) {
    return kNotMade;
  }
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(out.get(), &bytes);
  return std::string(bytes, static_cast<std::size_t>(size));
}

Result<std::string> FingerprintOf(const std::string& pem) {
  const Error damaged{Errc::kCorrupt, "holds no key and certificate; remove it to have a new one"};
  const Bio in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const Key key(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr));
  const X509Holder certificate(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
  if (!key || !certificate || X509_check_private_key(certificate.get(), key.get()) != 1)
    return damaged;
  std::array<unsigned char, 32> digest{};
  unsigned int size = 0;
  if (X509_digest(certificate.get(), EVP_sha256(), digest.data(), &size) != 1) return damaged;
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string fingerprint;
  for (const unsigned char byte : digest) {
    if (!fingerprint.empty()) fingerprint += ':';
    fingerprint += kDigits[byte >> 4];
    fingerprint += kDigits[byte & 15];
  }
  return fingerprint;
}

}  // namespace

Result<Certificate> OpenCertificate(const std::filesystem::path& file,
                                    const std::string& hostname) {
  std::error_code ignored;
  Certificate certificate;
  const bool kept = std::filesystem::exists(file, ignored);
  auto pem = kept ? ReadFile(file, kMostPem) : MakePem(hostname);
  if (!pem) return pem.error();
  certificate.pem = *std::move(pem);
  auto fingerprint = FingerprintOf(certificate.pem);
  if (!fingerprint) return Prefixed(file.string(), fingerprint.error());
  certificate.fingerprint = *std::move(fingerprint);
  if (kept) return certificate;
  if (auto status = WritePrivateFile(file, certificate.pem); !status) return status.error();
  return certificate;
}

}  // namespace euphone::server
