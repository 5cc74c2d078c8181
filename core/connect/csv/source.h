// CSV files as a source.
#pragma once
#include "core/connect/csv/row_format.h"
#include "core/connect/files/file_source.h"

namespace rw {

struct CsvSourceOptions : FileSourceOptions {
    CsvParserOptions parser{};
};

class CsvSource final : public FileSource {
 public:
    explicit CsvSource(CsvSourceOptions options);
};

}  // namespace rw
