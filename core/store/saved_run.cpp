#include "core/store/saved_run.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <cstring>

#include "core/store/sorted_run.h"

namespace rw {

namespace {

constexpr std::string_view kNameEnding = ".run";
constexpr std::size_t kNameDigits = 32;
constexpr std::size_t kSectionBytes = 1 + sizeof(std::uint32_t) + 3 * sizeof(std::uint64_t);

template <class T>
void put(std::string& out, T value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template <class T>
void take(const char*& at, T& value) {
    std::memcpy(&value, at, sizeof value);
    at += sizeof value;
}

std::string packed(const std::vector<RunSection>& sections) {
    std::string out;
    out.reserve(sections.size() * kSectionBytes);
    for (const RunSection& section : sections) {
        put(out, static_cast<std::uint8_t>(section.keyGroup));
        put(out, section.items);
        put(out, section.offset);
        put(out, section.size);
        put(out, section.checksum);
    }
    return out;
}

/// Nothing where they are none of a file of so many bytes, in order.
Result<std::vector<RunSection>> unpacked(std::string_view bytes, std::uint64_t fileBytes) {
    if (bytes.size() % kSectionBytes != 0) return brokenState("sections of a file");
    std::vector<RunSection> sections(bytes.size() / kSectionBytes);
    std::uint64_t end = 0;
    int keyGroup = 0;
    const char* at = bytes.data();
    for (RunSection& section : sections) {
        std::uint8_t group = 0;
        take(at, group);
        take(at, section.items);
        take(at, section.offset);
        take(at, section.size);
        take(at, section.checksum);
        section.keyGroup = group;
        const bool inOrder = section.offset >= end && section.keyGroup >= keyGroup;
        if (!inOrder || section.offset > fileBytes || section.size > fileBytes - section.offset)
            return brokenState("places of sections");
        end = section.offset + section.size;
        keyGroup = section.keyGroup;
    }
    return sections;
}

}  // namespace

std::uint64_t SavedRun::bytes() const {
    std::uint64_t all = 0;
    for (const RunSection& section : sections) all += section.size;
    return all;
}

void SavedRun::write(std::string_view field, StateWriter& out) const {
    out.file(field, 1, [this](StateWriter& record) {
        record.bytes("name", name);
        record.bytes("file", file);
        record.u64("bytes", fileBytes);
        record.bytes("sections", packed(sections));
    });
}

Result<SavedRun> SavedRun::read(const StateReader& record) {
    if (record.version() != 1) return brokenState("version of a file");
    SavedRun out;
    RW_TRY_ASSIGN(const std::string_view name, record.bytes("name"));
    RW_TRY_ASSIGN(const std::string_view file, record.bytes("file"));
    if (!isRunName(file)) return brokenState("name of a file");
    out.name = name;
    out.file = file;
    RW_TRY_ASSIGN(out.fileBytes, record.u64("bytes"));
    RW_TRY_ASSIGN(const std::string_view sections, record.bytes("sections"));
    RW_TRY_ASSIGN(out.sections, unpacked(sections, out.fileBytes));
    return out;
}

std::unique_ptr<SortedRun> SavedRuns::open(SavedRun run) const {
    std::string path = pathOf(run);
    return SortedRun::openAt(files, std::move(path), std::move(run));
}

std::string runName(const std::vector<RunSection>& sections) {
    const std::string all = packed(sections);
    const XXH128_hash_t hash = XXH3_128bits(all.data(), all.size());
    return fmt::format("{:016x}{:016x}{}", hash.high64, hash.low64, kNameEnding);
}

bool isRunName(std::string_view name) {
    const auto isDigit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return name.size() == kNameDigits + kNameEnding.size() && name.ends_with(kNameEnding) &&
           std::all_of(name.begin(), name.begin() + kNameDigits, isDigit);
}

Status writeContent(const SortedRun& run, std::string_view field, std::size_t& next, std::size_t bytes,
                    StateWriter& out) {
    constexpr std::size_t kVersion = sizeof(std::uint32_t);
    const std::string name = run.saved().name;
    for (const std::size_t end = out.size() + bytes; next < run.sections().size() && out.size() < end;
         ++next) {
        const RunSection& section = run.sections()[next];
        RW_TRY_ASSIGN(const std::string record, run.read(section));
        RW_TRY_ASSIGN(const StateReader reader, StateReader::unsealed(record));
        out.keyed(field, section.keyGroup, reader.version(), [&](StateWriter& content) {
            content.bytes(kRunOfContent, name);
            content.u64(kSectionOfContent, section.offset);
            content.copy(std::string_view(record).substr(kVersion));
        });
    }
    return {};
}

}  // namespace rw
