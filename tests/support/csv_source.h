// CSV files as a source with options of its own.
#pragma once
#include <memory>
#include <utility>

#include "core/connect/csv/row_format.h"
#include "core/connect/files/file_source.h"

namespace rw::test {

struct CsvSourceOptions : FileSourceOptions {
    CsvParserOptions parser{};
};

class CsvSource final : public FileSource {
 public:
    explicit CsvSource(CsvSourceOptions options)
        : FileSource(options, std::make_unique<CsvRowFormat>(std::move(options.parser))) {}
};

}  // namespace rw::test
