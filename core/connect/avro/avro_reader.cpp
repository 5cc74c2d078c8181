#include "core/connect/avro/avro_reader.h"

namespace rw {

AvroReader::AvroReader(std::shared_ptr<const AvroSchema> schema, const NdjsonFields& fields)
    : m_schema(std::move(schema)), m_fields(fields), m_records(fields.places().size()) {
    findPlaces(0, fields.root());
}

/// Goes down where columns are wanted, which are so many steps deep at most; unions stand in no unions.
void AvroReader::findPlaces(std::size_t type, const Place& place) {
    if (!place.inner()) return;
    const AvroType& at = m_schema->types[type];
    if (at.kind == AvroKind::Union) {
        for (const std::size_t branch : at.branches) findPlaces(branch, place);
    } else if (at.kind == AvroKind::Map) {
        for (const NdjsonFields::Field& field : place.fields)
            findPlaces(at.branches.front(), m_fields.places()[field.place]);
    } else if (at.kind == AvroKind::Array) {
        for (const auto& [index, number] : place.elements)
            findPlaces(at.branches.front(), m_fields.places()[number]);
    } else if (at.kind == AvroKind::Record && placesOf(type, &place) == nullptr) {
        FieldPlaces inner;
        for (const AvroField& field : at.fields) {
            const std::size_t found = NdjsonFields::find(place, field.name);
            const bool wanted = found != NdjsonFields::kNone;
            inner.push_back(wanted ? &m_fields.places()[place.fields[found].place] : nullptr);
        }
        m_records[place.number].emplace_back(type, inner);
        for (std::size_t i = 0; i < inner.size(); ++i) {
            if (inner[i] != nullptr) findPlaces(at.fields[i].type, *inner[i]);
        }
    }
}

const AvroReader::FieldPlaces* AvroReader::placesOf(std::size_t type, const Place* place) const {
    if (place == nullptr) return nullptr;
    for (const auto& [record, inner] : m_records[place->number]) {
        if (record == type) return &inner;
    }
    return nullptr;
}

/// One message.
struct AvroReader::Walk {
    bool value(std::size_t type, const Place* place, int depth);
    bool nested(std::size_t type, const Place* place, int depth);
    bool items(const AvroType& at, const Place* place, int depth);
    const Place* itemPlace(const Place* place, std::string_view key, std::uint64_t index, bool map) const;
    /// Nothing was read within the place: of two items of a map with one key the last counts.
    void forget(const Place& place);

    const AvroReader& reader;
    AvroBytes bytes;
    AvroLimits limits;
    std::vector<AvroValue>& values;
};

bool AvroReader::Walk::value(std::size_t type, const Place* place, int depth) {
    if (depth > AvroLimits::kDeepest || !limits.count()) return false;
    const AvroType& at = reader.m_schema->types[type];
    if (at.kind == AvroKind::Union) {
        std::int64_t branch = 0;
        if (!bytes.readLong(branch) || branch < 0 || static_cast<std::uint64_t>(branch) >= at.branches.size())
            return false;
        return value(at.branches[static_cast<std::size_t>(branch)], place, depth + 1);
    }
    AvroValue out;
    if (isAvroScalar(at.kind)) {
        if (!readAvroScalar(at, bytes, out)) return false;
        if (at.kind == AvroKind::Null) out = AvroValue{};
    } else {
        const std::string_view before = bytes.left();
        if (!nested(type, place, depth)) return false;
        out.type = &at;
        out.place = type;
        out.text = before.substr(0, before.size() - bytes.left().size());
    }
    if (place == nullptr) return true;
    for (const std::size_t column : place->columns) values[column] = out;
    return true;
}

bool AvroReader::Walk::nested(std::size_t type, const Place* place, int depth) {
    const AvroType& at = reader.m_schema->types[type];
    if (at.kind != AvroKind::Record) return items(at, place, depth);
    const FieldPlaces* const inner = reader.placesOf(type, place);
    for (std::size_t i = 0; i < at.fields.size(); ++i) {
        if (!value(at.fields[i].type, inner != nullptr ? (*inner)[i] : nullptr, depth + 1)) return false;
    }
    return true;
}

bool AvroReader::Walk::items(const AvroType& at, const Place* place, int depth) {
    const bool map = at.kind == AvroKind::Map;
    std::uint64_t index = 0;
    for (;;) {
        std::int64_t count = 0, size = 0;
        if (!bytes.readLong(count)) return false;
        if (count == 0) return true;
        if (count < 0) {
            // The block's bytes stand behind its count.
            std::string_view block;
            if (!bytes.readLong(size) || size < 0) return false;
            if (place == nullptr) {
                if (!bytes.take(static_cast<std::uint64_t>(size), block)) return false;
                continue;
            }
        }
        const std::uint64_t all =
            count < 0 ? 0 - static_cast<std::uint64_t>(count) : static_cast<std::uint64_t>(count);
        for (std::uint64_t i = 0; i < all; ++i, ++index) {
            std::string_view key;
            if (map && !bytes.readText(key)) return false;
            const Place* const inner = place != nullptr ? itemPlace(place, key, index, map) : nullptr;
            if (inner != nullptr) forget(*inner);
            if (!value(at.branches.front(), inner, depth + 1)) return false;
        }
    }
}

const AvroReader::Place* AvroReader::Walk::itemPlace(const Place* place, std::string_view key,
                                                     std::uint64_t index, bool map) const {
    if (!map) return reader.m_fields.element(*place, static_cast<std::size_t>(index));
    const std::size_t found = NdjsonFields::find(*place, key);
    return found != NdjsonFields::kNone ? &reader.m_fields.places()[place->fields[found].place] : nullptr;
}

void AvroReader::Walk::forget(const Place& place) {
    for (const std::size_t column : place.columns) values[column] = AvroValue{};
    for (const NdjsonFields::Field& field : place.fields) forget(reader.m_fields.places()[field.place]);
    for (const auto& [index, number] : place.elements) forget(reader.m_fields.places()[number]);
}

Text AvroReader::read(std::string_view message, std::vector<AvroValue>& values) const {
    values.assign(m_fields.columns(), AvroValue{});
    Walk walk{*this, AvroBytes(message), AvroLimits(message.size()), values};
    if (!walk.value(0, &m_fields.root(), 0)) {
        return RW_TEXT("avro", "The message is no record of the schema from byte %1 on.")
            .with(message.size() - walk.bytes.left().size() + 1);
    }
    if (!walk.bytes.atEnd())
        return RW_TEXT("avro",
                       "The record ends at byte %1, and the message goes on: it is of another schema.")
            .with(message.size() - walk.bytes.left().size());
    return {};
}

}  // namespace rw
