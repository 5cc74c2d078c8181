// CSV read through the whole source, as text that tests compare.
#pragma once
#include "tests/support/csv_source.h"
#include "tests/unit/connect/rows_fixture.h"

namespace rw::test {

inline GivenRows readAll(CsvSourceOptions options) {
    if (!options.clock) options.clock = std::make_shared<StandingClock>();
    CsvSource source(std::move(options));
    const Status opened = source.open();
    if (!opened.ok()) return {{}, english(opened.error())};
    return drain(source);
}

}  // namespace rw::test
