// Messages of CSV: the first byte says how it is written.
#include "tests/fuzz/fuzzing.h"

using namespace rw;

std::vector<std::string> rw::fuzz::seeds() {
    return {
        "0"
        R"(7,"say ""hi"", again",12.50,true,2024-03-01 12:00:00.123)",
        "17;\"a\nb\";12,50;false;2024-03-01\x1e"
        "8;x;1.234,50;;",
        "2"
        "7,\"open,1,true\x1e"
        "8,close\",2,false,\x1e,,,,\x1e",
        "3"
        "1709294400123,x,1,true,1709294400.123\r\n"};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const MessageFormat kFormat = fuzz::formatWith(
        FormatKind::Csv,
        {"a INT", "k STRING FROM KEY", "b STRING", "c DECIMAL(10,2)", "e BOOLEAN", "t TIMESTAMP(3)"});
    if (size == 0) return 0;
    MessageFormat format = kFormat;
    const unsigned how = bytes[0];
    format.csv.delimiter = (how & 1U) != 0 ? ';' : ',';
    format.csv.quote = (how & 2U) != 0 ? '\0' : '"';
    format.csv.decimal = (how & 4U) != 0 ? CsvFormat::Decimal::Comma : CsvFormat::Decimal::Either;
    format.csv.epoch = (how & 8U) != 0 ? CsvFormat::Epoch::Milliseconds : CsvFormat::Epoch::Seconds;
    fuzz::decodeAll(format, {reinterpret_cast<const char*>(bytes) + 1, size - 1});
    return 0;
}
