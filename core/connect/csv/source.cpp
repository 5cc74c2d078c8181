#include "core/connect/csv/source.h"

namespace rw {

CsvSource::CsvSource(CsvSourceOptions options)
    : FileSource(options, std::make_unique<CsvRowFormat>(std::move(options.parser))) {}

}  // namespace rw
