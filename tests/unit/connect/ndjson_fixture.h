// JSON read through the whole source, as text that tests compare.
#pragma once
#include "core/connect/files/file_source.h"
#include "core/connect/files/framed_format.h"
#include "core/connect/ndjson/decoder.h"
#include "tests/unit/connect/rows_fixture.h"

namespace rw::test {

/// A column and where it stands; without a path in the field of its name.
struct JsonColumn {
    std::string name, type, path{};
};

inline JsonDecoderOptions ndjsonOptions(const std::vector<JsonColumn>& columns) {
    JsonDecoderOptions options;
    Schema schema;
    for (const JsonColumn& column : columns) {
        schema.fields.push_back({column.name, *parseType(column.type)});
        options.paths.push_back(column.path.empty() ? sql::JsonPath::toField(column.name)
                                                    : *sql::JsonPath::parse(column.path));
    }
    options.schema = std::make_shared<const Schema>(std::move(schema));
    return options;
}

/// Reads the given text, at any size of blocks.
class NdjsonReader {
 public:
    explicit NdjsonReader(const std::vector<JsonColumn>& columns) : options(ndjsonOptions(columns)) {}

    GivenRows read(std::string_view content) {
        FileSourceOptions source;
        source.files.path = m_folder.write("input.ndjson", content);
        source.files.blockSize = block;
        source.clock = std::make_shared<StandingClock>();
        FileSource opened(std::move(source), linesOf(std::make_unique<JsonDecoder>(options), longest));
        const Status status = opened.open();
        if (!status.ok()) return {{}, english(status.error())};
        return drain(opened);
    }

    JsonDecoderOptions options;
    std::size_t block = std::size_t{1} << 20;
    std::size_t longest = kLongestRow;

 private:
    Folder m_folder;
};

}  // namespace rw::test
