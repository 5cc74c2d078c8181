// CSV written: quotes where they are needed, and everything reads back; files that can't be written.
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <random>

#include "core/connect/csv/writer.h"
#include "core/connect/files/file_output.h"
#include "core/data/text.h"
#include "tests/support/plain_text.h"
#include "tests/support/sanitizer.h"
#include "tests/unit/connect/fixtures/csv_fixture.h"
#include "tests/unit/connect/fixtures/random_batch.h"

using namespace rw;
using namespace rw::test;

namespace {

Batch batchOf(const Schema& schema, const std::vector<std::vector<Value>>& rows) {
    Batch batch;
    batch.schema = std::make_shared<const Schema>(schema);
    batch.rows = rows.size();
    for (std::size_t i = 0; i < schema.size(); ++i) {
        ColumnBuilder builder(schema.fields[i].type);
        for (const auto& row : rows) appendValue(builder, row[i]);
        batch.columns.push_back(builder.finish());
    }
    return batch;
}

std::string written(const Batch& batch, bool updating = false) {
    std::string out;
    const CsvWriter writer(CsvFormat{}, updating);
    writer.appendHeader(out, *batch.schema);
    writer.appendRows(out, batch);
    return out;
}

/// As `text` is written, a character at a time.
std::string plainField(std::string_view text, const CsvFormat& format) {
    const std::string special{format.delimiter, format.quote, '\n', '\r'}, blanks = " \t\n\v\f\r";
    const bool quoted = text.empty() || blanks.find(text.front()) != std::string::npos ||
                        blanks.find(text.back()) != std::string::npos ||
                        text.find_first_of(special) != std::string_view::npos;
    if (!quoted) return std::string(text);
    std::string out(1, format.quote);
    for (const char c : text) out += c == format.quote ? std::string(2, c) : std::string(1, c);
    return out + format.quote;
}

std::string plainRows(const Batch& batch, const CsvFormat& format, bool updating) {
    std::string out;
    for (std::size_t row = 0; row < batch.rows; ++row) {
        if (!isReadable(batch, row)) continue;
        if (updating) out += toString(batch.kind(row));
        for (std::size_t i = 0; i < batch.columns.size(); ++i) {
            if (i > 0 || updating) out += format.delimiter;
            const Column& column = *batch.columns[i];
            if (column.isNull(row)) continue;
            const std::string cell = plainCell(column, row);
            const bool text = column.type().is(TypeId::String) || column.type().is(TypeId::Bytes);
            out += text ? plainField(cell, format) : cell;
        }
        out += '\n';
    }
    return out;
}

}  // namespace

class TestCsvWriter : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void quotesWhereNeeded() {
        const Schema schema = schemaOf({{"a", "STRING"}, {"b, c", "DOUBLE"}});
        const Batch batch = batchOf(schema, {{std::string("plain"), 1.0},
                                             {std::string(""), {}},
                                             {Value{}, 0.1},
                                             {std::string("a,b"), 1e20},
                                             {std::string("say \"hi\""), -0.5},
                                             {std::string("two\nlines"), {}},
                                             {std::string(" blank"), {}},
                                             {std::string("größe"), {}}});
        QCOMPARE(written(batch),
                 std::string("a,\"b, c\"\nplain,1\n\"\",\n,0.1\n\"a,b\",1e+20\n\"say \"\"hi\"\"\",-0.5\n"
                             "\"two\nlines\",\n\" blank\",\ngröße,\n"));
    }
    void quotesByTheFormat() {
        const auto field = [](std::string_view text) {
            std::string out = "before;";
            appendCsvText(out, text, {.delimiter = ';', .quote = '\''});
            return out.substr(7);
        };
        QCOMPARE(field("a,\"b\""), std::string("a,\"b\""));
        QCOMPARE(field("a;b"), std::string("'a;b'"));
        QCOMPARE(field("it's"), std::string("'it''s'"));
        QCOMPARE(field("two\rlines"), std::string("'two\rlines'"));
        QCOMPARE(field("tail\t"), std::string("'tail\t'"));
        QCOMPARE(field(""), std::string("''"));
    }
    void updatingStreamsSayWhatARowDoes() {
        Batch batch = batchOf(schemaOf({{"n", "BIGINT"}}),
                              {{std::int64_t{1}}, {std::int64_t{1}}, {std::int64_t{2}}, {Value{}}});
        batch.kinds = std::make_shared<const std::vector<RowKind>>(
            std::vector{RowKind::Insert, RowKind::UpdateBefore, RowKind::UpdateAfter, RowKind::Delete});
        QCOMPARE(written(batch, true), std::string("op,n\n+I,1\n-U,1\n+U,2\n-D,\n"));
    }
    /// Byte for byte, and behind the old text.
    void writesAsThePlainWay() {
        std::mt19937_64 random(7);
        const auto rounds = affordableCases(300, 30);
        for (std::uint64_t round = 0; round < rounds; ++round) {
            const CsvFormat format =
                round % 2 == 0 ? CsvFormat{} : CsvFormat{.delimiter = '\xE9', .quote = '\''};
            const bool updating = random() % 2 == 0;
            const Batch batch = randomBatch(random, random() % 100, ",\"\n\r \t;'\xE9");
            std::string out = "before";
            CsvWriter(format, updating).appendRows(out, batch);
            QVERIFY(out == "before" + plainRows(batch, format, updating));
        }
    }
    /// In Base64; no bytes at all are an empty text in quotes, for an empty field is NULL.
    void bytesAreBase64() {
        const Schema schema = schemaOf({{"b", "BYTES"}, {"c", "BYTES"}});
        const std::string any("\0\"\n\xff", 4);
        const Batch batch = batchOf(schema, {{any, std::string()}, {Value{}, std::string("foo")}});
        QCOMPARE(written(batch), std::string("b,c\nACIK/w==,\"\"\n,Zm9v\n"));
        std::string out;
        CsvWriter({.delimiter = '/'}, false).appendRows(out, batch);
        QCOMPARE(out, std::string("\"ACIK/w==\"/\"\"\n/Zm9v\n"));
    }
    void whatCannotBeReadBackIsLeftOut() {
        const Schema schema = schemaOf({{"s", "STRING"}, {"d", "DATE"}, {"t", "TIMESTAMP(3)"}});
        const auto day = [](std::int64_t year) {
            return static_cast<std::int32_t>(daysFromCivil(year, 1, 1));
        };
        const Batch batch = batchOf(schema, {{"fine", day(9'999) + 364, std::int64_t{0}},
                                             {std::string("a\0b", 3), day(1), std::int64_t{0}},
                                             {"late", day(10'000), std::int64_t{0}},
                                             {"early", day(1) - 1, Value{}},
                                             {"far", Value{}, std::int64_t{253'402'300'800'000}},
                                             {"also fine", day(1), std::int64_t{253'402'300'799'999}}});
        std::string out = "before";
        const sql::RowErrors errors = CsvWriter({}, false).appendRows(out, batch);
        QCOMPARE(out, std::string("beforefine,9999-12-31,1970-01-01 00:00:00.000\n"
                                  "also fine,0001-01-01,9999-12-31 23:59:59.999\n"));
        QCOMPARE(errors.size(), std::size_t{4});
        for (std::uint32_t i = 0; i < 4; ++i) QCOMPARE(errors[i].row, i + 1);
        QCOMPARE(english(errors[0].reason), std::string("“s” holds a NUL byte, which CSV files can't have."));
        QCOMPARE(english(errors[1].reason), "“d” is " + toText(Value(day(10'000)), Type::of(TypeId::Date)) +
                                                ": dates in files have years from 0001 to 9999.");
        std::string all;
        const sql::RowErrors unread = CsvWriter({}, false).appendEveryRow(all, batch);
        QCOMPARE(unread.size(), errors.size());
        QCOMPARE(unread.back().row, 4U);
        QCOMPARE(english(unread.back().reason), english(errors.back().reason));
        QCOMPARE(std::count(all.begin(), all.end(), '\n'), 6);
        QVERIFY(all.find(std::string("\n\"a\0b\",0001-01-01,", 18)) != std::string::npos);
        QVERIFY(all.find("\nlate,10000-01-01,") != std::string::npos);
    }

    /// Rows written with the limits of sources are read by them; rows left out would be rejected.
    void limitsAreThoseOfSources() {
        const CsvLimits limits{60, 25};
        std::mt19937 random(9);
        Folder folder;
        std::size_t refused = 0, kept = 0;
        for (int round = 0; round < 40; ++round) {
            std::vector<std::vector<Value>> rows(1 + random() % 20);
            for (auto& row : rows) {
                const auto text = [&random](std::size_t most) {
                    std::string out(random() % most, 'a');
                    for (char& c : out) c = random() % 4 == 0 ? "\", \n"[random() % 4] : c;
                    return out;
                };
                row = {text(40), text(20), static_cast<std::int64_t>(random())};
            }
            const Batch batch = batchOf(schemaOf({{"s", "STRING"}, {"t", "STRING"}, {"n", "BIGINT"}}), rows);
            const auto readBack = [&](const Batch& written, const CsvWriter& writer) {
                CsvSourceOptions options;
                options.parser.schema = batch.schema;
                options.parser.format.header = false;
                options.parser.limits = limits;
                std::string out;
                writer.appendRows(out, written);
                options.files.path = folder.write("out.csv", out);
                options.files.blockSize = 7;
                return readAll(options);
            };
            std::string out;
            const CsvWriter writer({}, false, limits);
            const sql::RowErrors errors = writer.appendRows(out, batch);
            const GivenRows back = readBack(batch, writer);
            QCOMPARE(back.lines.size(), batch.rows - errors.size());
            auto line = back.lines.begin();
            auto error = errors.begin();
            for (std::uint32_t row = 0; row < batch.rows; ++row) {
                if (error == errors.end() || error->row != row) {
                    QCOMPARE(*line++, rowLine(batch, row));
                    continue;
                }
                ++error;
                const Batch alone = batch.select(std::vector<std::uint32_t>{row});
                QVERIFY(readBack(alone, CsvWriter({}, false)).lines != std::vector{rowLine(batch, row)});
            }
            refused += errors.size();
            kept += back.lines.size();
        }
        QVERIFY(refused > 20 && kept > 20);
    }
    void largeRowsAreCounted() {
        const std::size_t mebibyte = std::size_t{1} << 20;
        const Batch batch = batchOf(schemaOf({{"s", "STRING"}}), {{std::string("small")},
                                                                  {std::string(2 * mebibyte, 'a')},
                                                                  {std::string(mebibyte - 1, '\n')},
                                                                  {std::string(mebibyte, '\n')},
                                                                  {std::string(16 * mebibyte - 1, 'b')},
                                                                  {std::string(16 * mebibyte, 'c')}});
        std::string out;
        const sql::RowErrors errors = CsvWriter({}, false, CsvLimits{}).appendRows(out, batch);
        QCOMPARE(errors.size(), std::size_t{2});
        QCOMPARE(errors[0].row, 3U);
        QVERIFY(english(errors[0].reason).find("in quotes") != std::string::npos);
        QCOMPARE(errors[1].row, 5U);
        QVERIFY(english(errors[1].reason).starts_with("The row has 16\u2009777\u2009217 bytes"));
        QCOMPARE(out.size(), 6 + 2 * mebibyte + 1 + mebibyte + 2 + 16 * mebibyte);
        out.clear();
        QVERIFY(CsvWriter({}, false).appendRows(out, batch).empty());  // for others than our sources
    }
    void aByteOrderMarkIsNoFilesOwn() {
        std::string out;
        appendCsvText(out, "\xEF\xBB\xBFname");
        QCOMPARE(out, std::string("\"\xEF\xBB\xBFname\""));
    }
    void rowsWithoutColumns() {
        Batch batch = batchOf({}, {{}, {}});
        QCOMPARE(plainRows(batch, {}, false), std::string("\n\n"));
        std::string out;
        CsvWriter({}, false).appendRows(out, batch);
        QCOMPARE(out, std::string("\n\n"));
    }
    /// Random rows read back as they were.
    void readsBack() {
        std::mt19937 random(6);
        const std::vector<std::pair<std::string, std::string>> columns{
            {"i", "INT"},           {"s", "STRING"},       {"x", "DOUBLE"},
            {"d", "DECIMAL(20,4)"}, {"t", "TIMESTAMP(3)"}, {"b", "BOOLEAN"}};
        const std::string_view alphabet = "a,\"\n\r \t;é";
        Folder folder;
        for (int round = 0; round < 20; ++round) {
            std::vector<std::vector<Value>> rows(random() % 200);
            for (auto& row : rows) {
                std::string text;
                for (std::size_t i = random() % 20; i > 0; --i)
                    text += alphabet[random() % (alphabet.size() - 2)];
                row = {static_cast<std::int32_t>(random()),
                       text,
                       std::ldexp(random(), static_cast<int>(random() % 200) - 100),
                       Int128{static_cast<std::int32_t>(random())} * 1'000'003,
                       static_cast<std::int64_t>(random()) * 100,
                       random() % 2 == 0};
                for (Value& value : row) {
                    if (random() % 6 == 0) value = Value{};
                }
            }
            const Batch batch = batchOf(schemaOf(columns), rows);
            CsvSourceOptions options;
            options.parser.schema = batch.schema;
            options.files.path = folder.write("out.csv", written(batch));
            options.files.blockSize = 1 + random() % 1'000;
            const GivenRows back = readAll(options);
            QCOMPARE(back.lines.size(), rows.size());
            for (std::size_t row = 0; row < rows.size(); ++row)
                QCOMPARE(back.lines[row], rowLine(batch, row));
        }
    }
    void largeOutputsArriveWhole() {
        Folder folder;
        FileOutput output(folder.path("big.txt"));
        QVERIFY(output.open().ok());
        for (int i = 0; i < 100'000; ++i) {
            output.buffer() += "0123456789\n";
            QVERIFY(output.flushIfLarge().ok());
        }
        QVERIFY(output.close().ok());
        QCOMPARE(std::filesystem::file_size(folder.path("big.txt")), std::uintmax_t{1'100'000});
    }
    void errorsNameTheFile() {
        Folder folder;
        const auto openError = [](const std::string& path) {
            const Status status = FileOutput(path).open();
            return status.ok() ? std::string() : english(status.error());
        };
        const std::string missing = openError(folder.path("no/such/out.csv"));
        QVERIFY(missing.starts_with("There is no folder “") &&
                missing.ends_with("Create it, or choose another path."));
        QVERIFY(openError(folder.path(".")).find("is a folder") != std::string::npos);
        folder.write("file", "x");
        QVERIFY(openError(folder.path("file/out.csv")).find("is not a folder") != std::string::npos);
    }
    void fullDisk() {
        FileOutput output("/dev/full");
        QVERIFY(output.open().ok());
        output.buffer() += "some rows\n";
        const Status status = output.close();
        QVERIFY(!status.ok());
        QVERIFY(status.error().code == ErrorCode::Io);
        QCOMPARE(english(status.error()),
                 "“/dev/full” can't be written: " + std::string(std::strerror(ENOSPC)) +
                     ". Make room on the disk, or write to another one.");
    }
};

QTEST_APPLESS_MAIN(TestCsvWriter)
#include "test_csv_writer.moc"
