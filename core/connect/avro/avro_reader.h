// The values at the paths of columns, read from messages that were written with one schema.
#pragma once
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "core/connect/avro/avro_value.h"
#include "core/connect/ndjson/fields.h"

namespace rw {

/// Immutable; any thread. A field that the schema does not have is null.
class AvroReader {
 public:
    /// `fields` must outlive it.
    AvroReader(std::shared_ptr<const AvroSchema> schema, const NdjsonFields& fields);

    const AvroSchema& schema() const { return *m_schema; }
    /// Reads a message: `values` gets one for each column. Returns the fault in it; empty: it has none.
    Text read(std::string_view message, std::vector<AvroValue>& values) const;

 private:
    using Place = NdjsonFields::Place;
    struct Walk;
    /// Of a record that stands at some place: the places of its fields, null where no column wants one.
    using FieldPlaces = std::vector<const Place*>;

    void findPlaces(std::size_t type, const Place& place);
    const FieldPlaces* placesOf(std::size_t type, const Place* place) const;

    const std::shared_ptr<const AvroSchema> m_schema;
    const NdjsonFields& m_fields;
    /// For each place the records that may stand there.
    std::vector<std::vector<std::pair<std::size_t, FieldPlaces>>> m_records{};
};

}  // namespace rw
