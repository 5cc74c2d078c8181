#include "core/superset/stored_zip.h"

#include <zlib.h>

#include <cstdint>

namespace rw {

namespace {

constexpr std::uint32_t kLocalHead = 0x04034b50, kCentralHead = 0x02014b50, kEndHead = 0x06054b50;
constexpr std::uint16_t kVersion = 20, kUtf8Names = 0x0800, kStored = 0;
constexpr std::uint16_t kNoTime = 0, kFirstDay = 0x21;  // 1980-01-01, the first that there is
constexpr std::uint32_t kReadableFile = 0100644U << 16;
constexpr std::uint16_t kMadeOnUnix = 3 << 8;

void put16(std::string& out, std::uint16_t value) {
    out += static_cast<char>(value & 0xff);
    out += static_cast<char>(value >> 8);
}

void put32(std::string& out, std::uint32_t value) {
    put16(out, static_cast<std::uint16_t>(value & 0xffff));
    put16(out, static_cast<std::uint16_t>(value >> 16));
}

/// What both heads of a file say.
void putFacts(std::string& out, const std::string& name, const std::string& content) {
    put16(out, kVersion);
    put16(out, kUtf8Names);
    put16(out, kStored);
    put16(out, kNoTime);
    put16(out, kFirstDay);
    const auto* bytes = reinterpret_cast<const Bytef*>(content.data());
    put32(out, static_cast<std::uint32_t>(crc32_z(0, bytes, content.size())));
    put32(out, static_cast<std::uint32_t>(content.size()));
    put32(out, static_cast<std::uint32_t>(content.size()));
    put16(out, static_cast<std::uint16_t>(name.size()));
    put16(out, 0);  // no more fields
}

}  // namespace

std::string storedZip(const ZipFiles& files) {
    std::string out, central;
    for (const auto& [name, content] : files) {
        const auto at = static_cast<std::uint32_t>(out.size());
        put32(out, kLocalHead);
        putFacts(out, name, content);
        out += name;
        out += content;
        put32(central, kCentralHead);
        put16(central, kMadeOnUnix | kVersion);
        putFacts(central, name, content);
        put16(central, 0);  // no comment
        put16(central, 0);  // the first disk
        put16(central, 0);
        put32(central, kReadableFile);
        put32(central, at);
        central += name;
    }
    const auto begins = static_cast<std::uint32_t>(out.size());
    const auto count = static_cast<std::uint16_t>(files.size());
    out += central;
    put32(out, kEndHead);
    put16(out, 0);
    put16(out, 0);
    put16(out, count);
    put16(out, count);
    put32(out, static_cast<std::uint32_t>(central.size()));
    put32(out, begins);
    put16(out, 0);
    return out;
}

}  // namespace rw
