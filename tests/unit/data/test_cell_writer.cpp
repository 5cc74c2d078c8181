// Values written to raw memory: the bytes are those of the plain way, of every type and at all its ends.
#include "core/data/cell_writer.h"

#include <QtTest/QtTest>
#include <limits>
#include <random>

#include "core/data/find_bytes.h"
#include "core/data/text_block.h"
#include "tests/support/plain_text.h"
#include "tests/support/sanitizer.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr auto kCases = static_cast<int>(affordableCases(200'000, 20'000));

template <class Value>
ColumnRef columnOf(Type type, const std::vector<Value>& values) {
    ColumnBuilder builder(type);
    for (const Value& value : values) builder.append(value);
    return builder.finish();
}

/// All rows by one CellWriter, which may touch its room and no more, and by appendCell().
void compare(const Column& column) {
    CellWriter writer(column);
    for (std::size_t row = 0; row < column.size(); ++row) {
        const std::unique_ptr<char[]> room(new char[CellWriter::kRoom]);  // its end is guarded
        const std::string expected = plainCell(column, row);
        QCOMPARE(std::string(room.get(), writer.write(room.get(), row)), expected);
        std::string appended = "before";
        appendCell(appended, column, row);
        QCOMPARE(appended, "before" + expected);
    }
}

template <class Value>
void compare(TypeId type, const std::vector<Value>& values) {
    compare(*columnOf(Type::of(type), values));
}

/// A number of any length, mostly short ones.
UInt128 randomNumber(std::mt19937_64& random) {
    const UInt128 value = UInt128{random()} << 64 | random();
    return value >> (random() % 128);
}

template <class Value>
constexpr Value kLeast = std::numeric_limits<Value>::min();
template <class Value>
constexpr Value kMost = std::numeric_limits<Value>::max();

}  // namespace

class TestCellWriter : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void integers() {
        std::vector<std::int64_t> values{0, kLeast<std::int64_t>, kMost<std::int64_t>};
        for (std::int64_t power = 1; power < kMost<std::int64_t> / 10; power *= 10) {
            for (const std::int64_t value : {power - 1, power, power + 1, 7 * power})
                values.insert(values.end(), {value, -value});
        }
        std::mt19937_64 random(1);
        for (int i = 0; i < kCases; ++i) {
            const auto value = static_cast<std::int64_t>(random() >> (random() % 64));
            values.insert(values.end(), {value, random() % 2 == 0 ? value : -value});
        }
        compare(TypeId::Bigint, values);
        compare(TypeId::IntervalMonth, values);
        compare(TypeId::Int, std::vector<std::int32_t>(values.begin(), values.end()));
        compare(TypeId::Int, std::vector{kLeast<std::int32_t>, kMost<std::int32_t>});
        compare(TypeId::IntervalDay,
                std::vector<std::int64_t>{0, 1, -5'000, 86'400'000, kLeast<Instant>, kMost<Instant>});
        compare(TypeId::Boolean, std::vector<std::uint8_t>{1, 0, 1});
    }
    void decimals() {
        std::vector<Int128> values{0, Int128{1} << 63, Int128{1} << 64, kMost<Int128>, kLeast<Int128>};
        Int128 power = 1;
        for (int digits = 1; digits <= kMaxPrecision; ++digits, power *= 10)
            values.insert(values.end(), {power - 1, power, power + 1, Int128{1} << digits * 3});
        values.insert(values.end(), {(Int128{1} << 63) - 1, (Int128{1} << 64) - 1, (Int128{1} << 64) + 1});
        std::mt19937_64 random(2);
        for (int i = 0; i < kCases / 40; ++i) values.push_back(static_cast<Int128>(randomNumber(random)));
        const std::size_t count = values.size();
        for (std::size_t i = 0; i < count; ++i) {
            if (values[i] != kLeast<Int128>) values.push_back(-values[i]);
        }
        for (int scale = 0; scale <= kMaxPrecision; ++scale)
            compare(*columnOf(Type::decimal(kMaxPrecision, scale), values));
    }
    void doubles() {
        std::vector<double> values{0.0, -0.0, std::nan(""), kLeast<double>, kMost<double>};
        values.insert(values.end(), {std::numeric_limits<double>::infinity(), 5e-324, 1e11, 1e15, 1e22});
        // Where the text gets an exponent, and where four digits end.
        for (int power = -8; power <= 24; ++power) {
            for (const double digits : {1.0, 1.2, 1.5, 9.9999, 9.99999, 2.0, 0.1 + 0.2, 1.00001}) {
                const double value = digits * std::pow(10, power);
                for (const double near : {value, std::nextafter(value, 0), std::nextafter(value, 1e300)})
                    values.insert(values.end(), {near, -near});
            }
        }
        std::mt19937_64 random(3);
        for (int i = 0; i < kCases; ++i) {
            const std::uint64_t bits = random();
            double any = 0;
            std::memcpy(&any, &bits, sizeof any);
            const auto whole = static_cast<double>(random() >> (random() % 64));
            const double parts = std::pow(10, static_cast<double>(random() % 8));
            const double value = whole / parts;
            values.insert(values.end(), {any, value, -value, std::nextafter(value, 0)});
        }
        compare(TypeId::Double, values);
    }
    void dates() {
        std::vector<std::int32_t> values{0, -1, kLeast<std::int32_t>, kMost<std::int32_t>};
        for (const std::int64_t year : {-10'000, -9'999, -1, 0, 1, 1'900, 2'000, 2'024, 9'999, 10'000}) {
            const auto day = static_cast<std::int32_t>(daysFromCivil(year, 1, 1));
            values.insert(values.end(), {day - 1, day, day, day + 58, day + 59, day + 60, day + 365});
        }
        std::mt19937_64 random(4);
        for (int i = 0; i < kCases; ++i)
            values.push_back(static_cast<std::int32_t>(random()) >> (random() % 32));
        compare(TypeId::Date, values);
    }
    /// One writer for all, so that its cached values are wrong for most.
    void timestamps() {
        constexpr Instant kMinute = 60'000, kDay = 1'440 * kMinute;
        std::vector<Instant> values{kMost<Instant>,           kLeast<Instant>,          kMost<Instant>, 0,
                                    kMost<Instant> - kMinute, kLeast<Instant> + kMinute};
        for (const std::int64_t year : {-10'000, -9'999, -1, 0, 1, 1'969, 1'970, 2'024, 9'999, 10'000}) {
            const Instant day = daysFromCivil(year, 1, 1) * kDay;
            for (const Instant beyond : {kDay, kMinute, Instant{1'000}, Instant{1}})
                values.insert(values.end(), {day, day - beyond, day + beyond, day + beyond - 1});
        }
        std::mt19937_64 random(5);
        Instant last = 0;
        for (int i = 0; i < kCases; ++i) {
            const auto step = static_cast<Instant>(random() >> (random() % 64));
            last = random() % 8 == 0 ? step : last % (Instant{1} << 60) + (step % 5'000) - 2'000;
            values.insert(values.end(), {last, -last});
        }
        compare(TypeId::Timestamp, values);
    }
    void firstOfAllMinutes() {
        // Nothing is remembered yet, and zeros would be a day and a minute, too.
        for (const Instant first :
             {Instant{0}, Instant{59'999}, Instant{-1}, kLeast<Instant>, kMost<Instant>})
            compare(TypeId::Timestamp, std::vector{first, first});
    }
    void nullsAndTexts() {
        ColumnBuilder numbers(Type::of(TypeId::Int)), texts(Type::of(TypeId::String));
        for (std::int32_t row = 0; row < 200; ++row) {
            if (row % 3 == 0) {
                numbers.appendNull();
            } else {
                numbers.append(row);
            }
            texts.appendString(std::string(static_cast<std::size_t>(row), 'x'));
        }
        const ColumnRef numbered = numbers.finish(), written = texts.finish();
        const CellWriter number(*numbered), text(*written);
        QVERIFY(!number.isText());
        QVERIFY(text.isText());
        for (std::size_t row = 0; row < 200; ++row) {
            QCOMPARE(number.isNull(row), row % 3 == 0);
            QVERIFY(!text.isNull(row));
            QCOMPARE(text.text(row).size(), row);
        }
    }
    /// Every place in a text of every length, which ends where its memory does.
    void bytesFound() {
        const auto found = [](std::string_view text) {
            return hasBytes(text, [](const SixteenBytes& bytes) { return (bytes == ',') | (bytes < 0); });
        };
        QVERIFY(!found({}));
        for (std::size_t size = 1; size <= 70; ++size) {
            const std::unique_ptr<char[]> bytes(new char[size]);
            std::memset(bytes.get(), 'x', size);
            const std::string_view text(bytes.get(), size);
            QVERIFY(!found(text));
            for (std::size_t at = 0; at < size; ++at) {
                for (const char c : {',', '\xC3'}) {
                    bytes[at] = c;
                    QVERIFY(found(text));
                }
                bytes[at] = 'x';
            }
            if (size > 1) QVERIFY(!found(text.substr(0, size - 1)));
        }
    }
    void blocks() {
        std::mt19937_64 random(6);
        for (int round = 0; round < 50; ++round) {
            std::string out = "head", expected = out;
            TextBlock block(out);
            char* at = block.begin();
            for (int piece = 0; piece < 200; ++piece) {
                const std::size_t most = random() % 20 == 0 ? 2 * TextBlock::kSize : 60;
                const std::string text(random() % most, static_cast<char>('a' + piece % 26));
                if (random() % 30 == 0) {
                    block.flush(at) += text;
                    at = block.begin();
                } else if (text.size() < 60 && random() % 2 == 0) {
                    at = block.room(at, text.size());
                    at = std::copy(text.begin(), text.end(), at);
                } else {
                    at = block.put(at, text);
                }
                expected += text;
            }
            at = block.put(block.room(at, TextBlock::kSize), std::string(TextBlock::kSize, 'z'));
            block.flush(at);
            QCOMPARE(out, expected + std::string(TextBlock::kSize, 'z'));
        }
    }
};

QTEST_APPLESS_MAIN(TestCellWriter)
#include "test_cell_writer.moc"
