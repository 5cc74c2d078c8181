// The state that libcurl keeps for a client between its requests: the connection above all.
#pragma once
#include <curl/curl.h>

#include "core/net/client_certificate.h"

namespace rw {

/// libcurl, initialised once, so that all memory is overwritten before it is freed: it copies tokens and bodies.
class CurlHandles {
 public:
    CurlHandles();
    ~CurlHandles();
    CurlHandles(const CurlHandles&) = delete;
    CurlHandles& operator=(const CurlHandles&) = delete;

    template <class T>
    void set(CURLoption option, T value) const {
        curl_easy_setopt(easy, option, value);
    }
    template <class T>
    T get(CURLINFO info, T otherwise) const {
        T value = otherwise;
        curl_easy_getinfo(easy, info, &value);
        return value;
    }
    /// Has the transfer use this certificate, where it is one.
    void present(const ClientCertificate& certificate) const;
    /// How the transfer that is over ended.
    CURLcode end() const;

    CURLM* multi = nullptr;
    CURL* easy = nullptr;
    char said[CURL_ERROR_SIZE] = "";  ///< on the error of the last transfer
};

/// Lines of a request's head.
class CurlHeaders {
 public:
    CurlHeaders() = default;
    ~CurlHeaders() { curl_slist_free_all(m_list); }
    CurlHeaders(const CurlHeaders&) = delete;
    CurlHeaders& operator=(const CurlHeaders&) = delete;

    void add(const char* line) { m_list = curl_slist_append(m_list, line); }
    curl_slist* list() const { return m_list; }

 private:
    curl_slist* m_list = nullptr;
};

}  // namespace rw
