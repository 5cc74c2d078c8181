// Compressed files are read as their content, and a place in them is a place in that.
#include <zlib.h>
#include <zstd.h>

#include "core/connect/files/compressed_file.h"
#include "core/connect/files/system_files.h"
#include "tests/support/memory_files.h"
#include "tests/unit/connect/fixtures/csv_fixture.h"

using namespace rw;
using namespace rw::test;

namespace {

std::string gzip(const std::string& text) {
    z_stream stream{};
    if (::deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) qFatal("zlib");
    std::string packed(text.size() + 1000, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    if (::deflate(&stream, Z_FINISH) != Z_STREAM_END) qFatal("zlib");
    packed.resize(packed.size() - stream.avail_out);
    ::deflateEnd(&stream);
    return packed;
}

/// With a checksum, as the tool of that name writes it.
std::string zstd(const std::string& text) {
    std::string packed(::ZSTD_compressBound(text.size()), '\0');
    ZSTD_CCtx* context = ::ZSTD_createCCtx();
    ::ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    packed.resize(::ZSTD_compress2(context, packed.data(), packed.size(), text.data(), text.size()));
    ::ZSTD_freeCCtx(context);
    return packed;
}

std::string packed(const QString& ending, const std::string& text) {
    return ending == QLatin1String(".gz") ? gzip(text) : zstd(text);
}

/// Rows that do not repeat: they fill several blocks, packed, too.
std::string someRows(int count) {
    std::string text = "id,name\n";
    for (int i = 0; i < count; ++i) text += fmt::format("{},{:x}\n", i, std::hash<int>()(i) * 2654435761U);
    return text;
}

CsvSourceOptions optionsFor(const std::string& path) {
    CsvSourceOptions options;
    options.parser.schema = std::make_shared<const Schema>(schemaOf({{"id", "INT"}, {"name", "STRING"}}));
    options.files.path = path;
    options.files.blockSize = 4096;
    options.clock = std::make_shared<StandingClock>();
    return options;
}

}  // namespace

class TestCompressedFile : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void endings() {
        QCOMPARE(compressionOf("a/b.csv.gz"), Compression::Gzip);
        QCOMPARE(compressionOf("B.CSV.ZST"), Compression::Zstd);
        QCOMPARE(compressionOf("a.gz/b.csv"), Compression::None);
        QCOMPARE(compressionOf(".gz"), Compression::None);
    }

    void rowsAreThoseOfTheContent_data() {
        QTest::addColumn<QString>("ending");
        QTest::newRow("gzip") << QStringLiteral(".gz");
        QTest::newRow("zstd") << QStringLiteral(".zst");
    }

    /// Of several parts one behind the other, too, as appending tools write them.
    void rowsAreThoseOfTheContent() {
        QFETCH(QString, ending);
        Folder folder;
        const std::string text = someRows(20'000), name = "rows.csv" + ending.toStdString();
        folder.write("rows.csv", text);
        const std::string plain = readAll(optionsFor(folder.path("rows.csv"))).text();
        folder.write(name, packed(ending, text));
        GivenRows given = readAll(optionsFor(folder.path(name)));
        QCOMPARE(given.error, std::string());
        QCOMPARE(given.text(), plain);
        folder.write(name, packed(ending, text.substr(0, 5000)) + packed(ending, text.substr(5000)));
        QCOMPARE(readAll(optionsFor(folder.path(name))).text(), plain);
        folder.write(name, packed(ending, {}));
        given = readAll(optionsFor(folder.path(name)));
        QCOMPARE(given.lines.size(), std::size_t{0});
    }

    void aRunGoesOnAtItsPlaceInTheContent_data() { rowsAreThoseOfTheContent_data(); }

    void aRunGoesOnAtItsPlaceInTheContent() {
        QFETCH(QString, ending);
        Folder folder;
        const std::string name = "rows.csv" + ending.toStdString();
        folder.write(name, packed(ending, someRows(20'000)));
        const GivenRows whole = readAll(optionsFor(folder.path(name)));
        CsvSource first(optionsFor(folder.path(name)));
        QVERIFY(first.open().ok());
        std::size_t rows = 0;
        for (int pieces = 0; pieces < 20; ++pieces) {
            std::unique_ptr<Chunk> chunk;
            const auto polled = first.poll(chunk);
            QVERIFY(polled.ok() && chunk);
            ParsedChunk parsed;
            QVERIFY(first.parse(*chunk, parsed).ok());
            rows += parsed.rowsRead;
        }
        StateWriter out;
        QVERIFY(first.snapshot(out).ok());
        const std::string saved = out.finish();
        const auto state = StateReader::open(saved);
        CsvSource second(optionsFor(folder.path(name)));
        QVERIFY(state.ok() && second.restore(*state).ok());
        QVERIFY(second.open().ok());
        const GivenRows rest = drain(second);
        QCOMPARE(rest.error, std::string());
        QCOMPARE(rest.lines.size(), whole.lines.size() - rows);
        QCOMPARE(rest.lines.front(), whole.lines[rows]);
        QCOMPARE(rest.lines.back(), whole.lines.back());

        // Another content under the same name is refused, as that of plain files is.
        folder.write(name, packed(ending, "id,name\n" + std::string(200'000, '9') + someRows(20'000)));
        CsvSource third(optionsFor(folder.path(name)));
        QVERIFY(third.restore(*state).ok());
        const Status opened = third.open();
        QVERIFY(!opened.ok());
        QVERIFY(english(opened.error()).find("is not what it was") != std::string::npos);
    }

    void whatIsBrokenIsSaid_data() { rowsAreThoseOfTheContent_data(); }

    void whatIsBrokenIsSaid() {
        QFETCH(QString, ending);
        Folder folder;
        const std::string name = "rows.csv" + ending.toStdString(), good = packed(ending, someRows(20'000));
        folder.write(name, good.substr(0, good.size() - 20));
        const auto cut = readAll(optionsFor(folder.path(name)));
        QVERIFY2(cut.error.find("ends in the middle") != std::string::npos, cut.error.c_str());
        folder.write(name, someRows(10));
        const auto plain = readAll(optionsFor(folder.path(name)));
        QVERIFY2(plain.error.find("can't be unpacked") != std::string::npos, plain.error.c_str());
        std::string damaged = good;
        for (std::size_t i = good.size() / 2; i < good.size() / 2 + 64; ++i) damaged[i] = '\x55';
        folder.write(name, damaged);
        QVERIFY(!readAll(optionsFor(folder.path(name))).error.empty());
        folder.write(name, good);
        CsvSourceOptions following = optionsFor(folder.path(name));
        following.files.follow = true;
        const auto followed = readAll(following);
        QVERIFY2(followed.error.find("can't be followed") != std::string::npos, followed.error.c_str());
    }

    void aFileThatIsCutBetweenItsPartsIsAnError_data() { rowsAreThoseOfTheContent_data(); }

    /// Its bytes end where a part ends: only its size tells that rows are missing.
    void aFileThatIsCutBetweenItsPartsIsAnError() {
        QFETCH(QString, ending);
        const std::string name = "rows.csv" + ending.toStdString(), part = packed(ending, someRows(60'000));
        QVERIFY(part.size() > 150'000);  // more than is read at once
        const auto files = std::make_shared<MemoryFiles>();
        files->replace(name, part + packed(ending, "60000,f\n"));
        CsvSourceOptions options = optionsFor(name);
        options.files.files = files;
        CsvSource source(options);
        QVERIFY(source.open().ok());
        files->rewrite(name, part);
        const GivenRows rows = drain(source);
        QVERIFY2(rows.error.find("was truncated from") != std::string::npos, rows.error.c_str());
    }

    void readingBackwardsBeginsAnew() {
        Folder folder;
        const std::string text = someRows(20'000);
        folder.write("rows.csv.gz", gzip(text));
        const auto file = openContent(*systemFiles(), folder.path("rows.csv.gz"));
        QVERIFY(file.ok());
        std::string bytes(100, '\0');
        for (const std::size_t offset : {text.size() - 100, std::size_t{7}, text.size() / 2}) {
            std::size_t read = 0;
            while (read < bytes.size()) {
                const auto more = (*file)->read(offset + read, std::span(bytes).subspan(read));
                QVERIFY(more.ok() && *more > 0);
                read += *more;
            }
            QCOMPARE(bytes, text.substr(offset, 100));
        }
        const auto behind = (*file)->read(text.size() + 5, bytes);
        QVERIFY(behind.ok() && *behind == 0);
    }
};

QTEST_GUILESS_MAIN(TestCompressedFile)
#include "test_compressed_file.moc"
