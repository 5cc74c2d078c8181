// Values in the binary form of PostgreSQL, its types and its errors.
#include "core/connect/postgresql/postgresql_values.h"

#include <QtTest/QtTest>

#include "core/connect/postgresql/postgresql_error.h"
#include "core/data/text.h"
#include "tests/support/batch_of.h"
#include "tests/support/databases/world_values.h"

using namespace rw;
using namespace rw::test;

namespace {

ColumnRef columnOf(Type type, const Value& value) {
    ColumnBuilder builder(type);
    appendValue(builder, value);
    return builder.finish();
}

/// What a server reads of the value.
std::string sent(Type type, const Value& value, PostgresqlType as) {
    std::string bytes;
    appendPostgresqlField(bytes, *columnOf(type, value), 0, as);
    return worldText(std::string_view(bytes).substr(4), static_cast<std::uint32_t>(as));
}

std::string decimal(const char* text, int scale) {
    const Type type = Type::decimal(kMaxPrecision, scale);
    return sent(type, *parseValue(text, type), PostgresqlType::Numeric);
}

ErrorCode codeOf(const char* state) {
    PostgresqlFault fault;
    fault.state = state;
    fault.said = "so it is";
    return postgresqlStatus(fault, {"db:5432/shop", "shop", "me", false, false}).error().code;
}

}  // namespace

class TestPostgresqlValues : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void numbersKeepAllDigits() {
        for (const char* text :
             {"0", "1", "-1", "9999", "10000", "12345678", "-99999999999999999999999999999999999999"})
            QCOMPARE(decimal(text, 0), std::string(text));
        for (const char* text : {"0.00", "0.01", "-0.10", "1.00", "100.50", "12345.67", "9999.99"})
            QCOMPARE(decimal(text, 2), std::string(text));
        for (const char* text : {"0.0001", "1.2345", "0.00012345", "12345678.00000001"})
            QCOMPARE(decimal(text, 8).substr(0, std::string(text).size()), std::string(text));
        QCOMPARE(decimal("0.00000000000000000000000000000000000001", 38),
                 std::string("0.00000000000000000000000000000000000001"));
    }

    void otherValues() {
        QCOMPARE(sent(Type::of(TypeId::Int), std::int32_t{-7}, PostgresqlType::Int4), std::string("-7"));
        QCOMPARE(sent(Type::of(TypeId::Int), std::int32_t{-7}, PostgresqlType::Int8), std::string("-7"));
        QCOMPARE(sent(Type::of(TypeId::Double), 0.1, PostgresqlType::Float8), std::string("0.1"));
        QCOMPARE(sent(Type::of(TypeId::Boolean), true, PostgresqlType::Boolean), std::string("t"));
        QCOMPARE(sent(Type::of(TypeId::Date), *parseDate("2024-02-29"), PostgresqlType::Date),
                 std::string("2024-02-29"));
        QCOMPARE(sent(Type::of(TypeId::Timestamp), *parseTimestamp("1969-07-20 20:17:40.123"),
                      PostgresqlType::Timestamp),
                 std::string("1969-07-20 20:17:40.123"));
        QCOMPARE(sent(Type::of(TypeId::String), std::string("a'b"), PostgresqlType::Text),
                 std::string("a'b"));
    }

    void nullsStandInArrays() {
        ColumnBuilder builder(Type::of(TypeId::Bigint));
        builder.append(std::int64_t{5});
        builder.appendNull();
        const ColumnRef column = builder.finish();
        std::string bytes;
        const std::uint32_t rows[] = {1, 0};
        appendPostgresqlArray(bytes, *column, rows, PostgresqlType::Int8);
        const std::vector<WorldCell> cells = worldArray(bytes);
        QCOMPARE(cells.size(), std::size_t{2});
        QVERIFY(!cells[0] && cells[1] == "5");
    }

    void typesOfColumnsAreThoseOfStreams() {
        QVERIFY(postgresqlReadable(1700, (10 << 16 | 2) + 4).type == Type::decimal(10, 2));
        QVERIFY(postgresqlReadable(1700, -1).type == Type::decimal(38, 18));
        QVERIFY(postgresqlReadable(1700, (60 << 16 | 2) + 4).type == Type::decimal(38, 18));
        QVERIFY(postgresqlReadable(2950, -1).asText);
        QVERIFY(postgresqlReadable(21, -1).type == Type::of(TypeId::Int));
        // What is declared for a type is read as that type again, but for what a stream has no other for.
        QVERIFY(postgresqlSent(Type::of(TypeId::String), 3802) == PostgresqlType::Text);
        QVERIFY(!postgresqlSent(Type::of(TypeId::String), 23));
        QVERIFY(!postgresqlSent(Type::of(TypeId::Double), 23));
        QVERIFY(postgresqlSent(Type::of(TypeId::Int), 1700) == PostgresqlType::Int4);
    }

    void errorsSayWhetherTimeMendsThem() {
        QVERIFY(codeOf("23505") == ErrorCode::Row && codeOf("22003") == ErrorCode::Row);
        QVERIFY(codeOf("28P01") == ErrorCode::Denied && codeOf("42501") == ErrorCode::Denied);
        QVERIFY(codeOf("42P01") == ErrorCode::NotFound);
        QVERIFY(codeOf("42703") == ErrorCode::Invalid);
        QVERIFY(codeOf("3D000") == ErrorCode::Refused);
        QVERIFY(codeOf("40001") == ErrorCode::Io && codeOf("57P01") == ErrorCode::Io &&
                codeOf("53300") == ErrorCode::Io);
        PostgresqlPlace place{"db:5432/shop", "shop", "me", true, true};
        PostgresqlFault fault;
        fault.said = "SSL error: certificate verify failed";
        QVERIFY(postgresqlStatus(fault, place).error().code == ErrorCode::Refused);
        // A server that restarts cuts it off, too: that is no wrong certificate.
        for (const char* cut :
             {"SSL error: unexpected eof while reading", "SSL SYSCALL error: Connection reset by peer",
              "SSL SYSCALL error: EOF detected"}) {
            fault.said = cut;
            QVERIFY2(postgresqlStatus(fault, place).error().code == ErrorCode::Io, cut);
        }
        QVERIFY(codeOf("54000") == ErrorCode::Row && codeOf("21000") == ErrorCode::Row);
        fault.said = "server closed the connection unexpectedly";
        QVERIFY(postgresqlStatus(fault, place).error().code == ErrorCode::Io);
    }
};

QTEST_GUILESS_MAIN(TestPostgresqlValues)
#include "test_postgresql_values.moc"
