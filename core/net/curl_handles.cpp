#include "core/net/curl_handles.h"

#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string_view>

namespace rw {

namespace {

void wipedFree(void* memory) {
    if (memory == nullptr) return;
    ::explicit_bzero(memory, ::malloc_usable_size(memory));
    std::free(memory);
}

// realloc() may leave the old bytes where they were.
void* wipedRealloc(void* memory, std::size_t size) {
    if (memory == nullptr) return std::malloc(size);
    void* moved = std::malloc(size);
    if (moved == nullptr) return nullptr;
    std::memcpy(moved, memory, std::min(size, ::malloc_usable_size(memory)));
    wipedFree(memory);
    return moved;
}

char* duplicated(const char* text) {
    return ::strdup(text);
}

void* zeroed(std::size_t count, std::size_t size) {
    return std::calloc(count, size);
}

void* allocated(std::size_t size) {
    return std::malloc(size);
}

}  // namespace

CurlHandles::CurlHandles() {
    static std::once_flag once;
    std::call_once(once, [] {
        curl_global_init_mem(CURL_GLOBAL_DEFAULT, &allocated, &wipedFree, &wipedRealloc, &duplicated,
                             &zeroed);
    });
    multi = curl_multi_init();
    easy = curl_easy_init();
}

CurlHandles::~CurlHandles() {
    curl_easy_cleanup(easy);
    curl_multi_cleanup(multi);
}

CURLcode CurlHandles::end() const {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi, &left))
        if (message->msg == CURLMSG_DONE) return message->data.result;
    return CURLE_FAILED_INIT;
}

void CurlHandles::present(const ClientCertificate& certificate) const {
    if (certificate.file.empty()) return;
    set(CURLOPT_SSLCERT, certificate.file.c_str());
    set(CURLOPT_SSLKEY, certificate.keyFile.c_str());
    // Also an empty one: without any OpenSSL would ask the terminal.
    certificate.passphrase.reveal([this](std::string_view text) { set(CURLOPT_KEYPASSWD, text.data()); });
}

}  // namespace rw
