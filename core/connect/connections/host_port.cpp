#include "core/connect/connections/host_port.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/base/ascii.h"
#include "core/net/http_error.h"

namespace rw {

namespace {

constexpr int kLastPort = 65'535;

std::string_view withoutBlanksAround(std::string_view text) {
    while (!text.empty() && isAsciiBlank(text.front())) text.remove_prefix(1);
    while (!text.empty() && isAsciiBlank(text.back())) text.remove_suffix(1);
    return text;
}

Text howToWriteIt() {
    return RW_TEXT("connections", "Write the computer's name or number, a colon and the port: broker:9092.");
}

Status noAddress(std::string_view text) {
    if (text.find('@') != std::string_view::npos)
        return {ErrorCode::Invalid,
                RW_TEXT("connections", "An address is no place for a name and a password."),
                RW_TEXT("connections",
                        "Leave out what stands before the @; user and password have fields of "
                        "their own.")};
    if (text.find("://") != std::string_view::npos || text.find('/') != std::string_view::npos)
        return {ErrorCode::Invalid,
                RW_TEXT("connections", "“%1” is no address of this kind of system.").with(std::string(text)),
                howToWriteIt()};
    return {ErrorCode::Invalid,
            RW_TEXT("connections", "“%1” is no address of a computer.").with(std::string(text)),
            howToWriteIt()};
}

bool isHostName(std::string_view host) {
    return !host.empty() && std::none_of(host.begin(), host.end(), [](char c) {
        return isAsciiControl(c) || isAsciiBlank(c) ||
               std::string_view("/@?#[]\\%,;:").find(c) != std::string_view::npos;
    });
}

bool isNumberOfIpv6(std::string_view host) {
    return std::count(host.begin(), host.end(), ':') > 1 && std::all_of(host.begin(), host.end(), [](char c) {
               const char small = asciiSmall(c);
               return isAsciiDigit(c) || (small >= 'a' && small <= 'f') || c == ':' || c == '.';
           });
}

/// 0: it is none.
int portOf(std::string_view text) {
    int port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole && port > 0 && port <= kLastPort ? port : 0;
}

}  // namespace

Result<HostPort> parseHostPort(std::string_view text, int otherwise) {
    text = withoutBlanksAround(text);
    HostPort read;
    std::string_view rest;
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos || !isNumberOfIpv6(text.substr(1, end - 1))) return noAddress(text);
        read.host = text.substr(1, end - 1);
        rest = text.substr(end + 1);
    } else {
        const std::size_t colon = std::min(text.find(':'), text.size());
        if (!isHostName(text.substr(0, colon))) return noAddress(text);
        read.host = text.substr(0, colon);
        rest = text.substr(colon);
    }
    if (rest.empty() && otherwise > 0) {
        read.port = otherwise;
        return read;
    }
    if (rest.empty())
        return Status(ErrorCode::Invalid,
                      RW_TEXT("connections", "The address “%1” has no port.").with(std::string(text)),
                      howToWriteIt());
    if (rest.front() != ':') return noAddress(text);
    read.port = portOf(rest.substr(1));
    if (read.port != 0) return read;
    // “::1” without brackets, or user:password@host
    if (rest.find(':', 1) != std::string_view::npos || rest.find('@') != std::string_view::npos)
        return noAddress(text);
    return Status(ErrorCode::Invalid,
                  RW_TEXT("connections", "“%1” is no port.").with(std::string(rest.substr(1))),
                  RW_TEXT("connections", "A port is a number from 1 to 65535."));
}

Result<std::vector<HostPort>> parseHostPorts(std::string_view text, int otherwise) {
    std::vector<HostPort> all;
    for (;;) {
        const std::size_t comma = text.find(',');
        RW_TRY_ASSIGN(HostPort one, parseHostPort(text.substr(0, comma), otherwise));
        all.push_back(std::move(one));
        if (comma == std::string_view::npos) return all;
        text.remove_prefix(comma + 1);
    }
}

Result<HostPort> hostPortOfUrl(std::string_view url) {
    const bool tls = url.starts_with("https://");
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) return noAddress(url);
    const std::string_view rest = url.substr(scheme + 3);
    return parseHostPort(rest.substr(0, rest.find_first_of("/?#")), tls ? 443 : 80);
}

bool isOfThisComputer(const HostPort& at) {
    const bool v6 = at.host.find(':') != std::string::npos;
    return isLoopback("tcp://" + (v6 ? "[" + at.host + "]" : at.host));
}

}  // namespace rw
