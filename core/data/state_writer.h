// State as bytes: the content of a snapshot, in records of named fields.
//
// A record has a version and fields, each with a name and a type; a field may be a record itself, and records
// may be keyed by a key group (0 … 255), so that a state can be spread over another number of instances. A
// reader asks for fields by name: it passes over unknown ones, and decides what a missing one
// means. Own bytes rather than MessagePack or CBOR: those that come with nlohmann::json build a tree of
// copies, take binary apart byte by byte, and recurse as deep as broken bytes tell them to.
//
// Layout, little-endian: seal (magic, XXH3 of all bytes behind it), then a record: u32 version, fields to its end.
// Field: u8 type, u8 key group (keyed records, else 0), u16 size of the name, name, u64 size, payload.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "core/data/batch.h"

namespace rw {

enum class StateType : std::uint8_t { I64 = 1, U64, F64, Bytes, Record, KeyedRecord, File };

/// Writes one record. Single-threaded; names are at most 65 535 bytes long.
class StateWriter {
 public:
    static constexpr int kKeyGroups = 256;

    explicit StateWriter(std::uint32_t version = 1);
    /// About so many bytes will be written.
    void expect(std::size_t bytes) { m_bytes.reserve(bytes); }

    void i64(std::string_view name, std::int64_t value);
    void u64(std::string_view name, std::uint64_t value);
    void f64(std::string_view name, double value);
    void bytes(std::string_view name, std::string_view value);  ///< texts too
    void column(std::string_view name, const Column& column);
    /// All of it: schema, columns (those that were not built stay so), kinds, stamps, positions, watermark.
    void batch(std::string_view name, const Batch& batch);

    /// A record in this one, written by `write(StateWriter&)`, which is this writer.
    template <class Write>
    void record(std::string_view name, std::uint32_t version, Write&& write) {
        nested(StateType::Record, 0, name, version, write);
    }
    /// The same for the state of one key group; many of one name may follow each other.
    template <class Write>
    void keyed(std::string_view name, int group, std::uint32_t version, Write&& write) {
        nested(StateType::KeyedRecord, static_cast<std::uint8_t>(group), name, version, write);
    }

    /// A record in the place of keyed records of that name, which are in a file: it says in which, and how
    /// that is read (SavedRun in core/store). Only in the outermost record.
    template <class Write>
    void file(std::string_view name, std::uint32_t version, Write&& write) {
        nested(StateType::File, 0, name, version, write);
    }

    std::size_t size() const { return m_bytes.size(); }  ///< bytes so far
    /// The sealed bytes; the writer is empty then.
    std::string finish();
    /// The fields alone, without seal and version: they may be appended to those of another record. The
    /// writer begins anew then.
    std::string takeFields();
    /// Fields as takeFields() gave them.
    void copy(std::string_view fields) { m_bytes += fields; }
    /// Seals a record, as finish() gives it, once more: fields were appended to it.
    static void sealAnew(std::string& record);

 private:
    template <class Write>
    void nested(StateType type, std::uint8_t group, std::string_view name, std::uint32_t version,
                Write& write) {
        const std::size_t at = begin(type, group, name);
        put(&version, sizeof version);
        write(*this);
        end(at);
    }
    void field(StateType type, std::string_view name, const void* payload, std::size_t size);
    /// Opens a field whose size is not known yet; gives the place of the size.
    std::size_t begin(StateType type, std::uint8_t group, std::string_view name);
    void end(std::size_t at);
    void put(const void* bytes, std::size_t size);

    std::string m_bytes;
};

}  // namespace rw
