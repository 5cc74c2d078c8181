// Random expressions of every type over random rows, with NULLs and edge values: nothing crashes, a row's
// value does not depend on its batch, and a literal computes as a column that holds it.
#include <QtTest/QtTest>
#include <random>

#include "core/data/text.h"
#include "tests/support/random_cases.h"
#include "tests/unit/sql/expressions.h"

using namespace rw;
using namespace rw::sql;
using namespace rw::sql::test;

namespace {

/// Writes random SQL. Literals are written as they are, or as names of columns that hold them.
class Writer {
 public:
    explicit Writer(unsigned seed) : m_random(seed) {}

    /// The same expression twice: with literals, and with columns in their place.
    std::pair<std::string, std::string> expression(TypeId type, int depth) {
        if (depth == 0) return leaf(type);
        switch (type) {
            case TypeId::Boolean:
                return condition(depth);
            case TypeId::String:
                return text(depth);
            case TypeId::Bytes:
                return bytes(depth);
            case TypeId::Timestamp:
                return below(3) == 0 ? choose(type, depth) : time(depth);
            default:
                return number(type, depth);
        }
    }

    /// The columns that stand for literals so far, with their values in one row.
    const std::vector<ColumnText>& constants() const { return m_constants; }
    std::size_t below(std::size_t n) { return m_random() % n; }

 private:
    using Both = std::pair<std::string, std::string>;

    std::string pick(const std::vector<std::string>& of) { return of[below(of.size())]; }

    /// `pattern` with every @ replaced by an expression of the next wanted type.
    Both wrap(const std::string& pattern, std::vector<std::pair<TypeId, int>> wanted) {
        Both out;
        std::size_t next = 0;
        for (const char c : pattern) {
            if (c != '@') {
                out.first += c;
                out.second += c;
                continue;
            }
            const Both part = expression(
                wanted[next].first, static_cast<int>(below(static_cast<std::size_t>(wanted[next].second))));
            ++next;
            out.first += part.first;
            out.second += part.second;
        }
        return out;
    }

    Both leaf(TypeId type) {
        if (below(2) == 0) {
            const std::string name = columnOf(type);
            return {name, name};
        }
        std::string literal, value, declared;
        switch (type) {
            case TypeId::Int:
                value = literal = pick({"0", "1", "-1", "7", "2147483647", "-2147483648"});
                declared = "INT";
                break;
            case TypeId::Bigint:
                value = literal = pick({"2147483648", "-9223372036854775808", "9223372036854775807"});
                declared = "BIGINT";
                break;
            case TypeId::Double:
                literal = pick({"0e0", "1.5e0", "-2.5e0", "1e300", "1e-300"});
                value = literal;
                declared = "DOUBLE";
                break;
            case TypeId::Decimal:
                value = literal = pick({"12.50", "99.99", "-0.01", "00.00"});
                declared = literal == "00.00"   ? "DECIMAL(2,2)"
                           : literal == "-0.01" ? "DECIMAL(2,2)"
                                                : "DECIMAL(4,2)";
                break;
            case TypeId::Boolean:
                value = literal = pick({"true", "false"});
                declared = "BOOLEAN";
                break;
            case TypeId::Timestamp:
                value = pick({"2024-02-29 12:00:00", "1969-12-31 23:59:59.999", "0001-01-01 00:00:00"});
                literal = "TIMESTAMP '" + value + "'";
                declared = "TIMESTAMP(3)";
                break;
            case TypeId::Bytes: {
                const std::size_t one = below(4);
                const char* const inBase64[] = {"", "AP8=", "gA==", "YXRleHRvZmFmZXdieXRlcw=="};
                const char* const inHex[] = {"", "00ff", "80", "61746578746f66616665776279746573"};
                value = inBase64[one];
                literal = "x'" + std::string(inHex[one]) + "'";
                declared = "BYTES";
                break;
            }
            default:
                value = pick({"", "a", "a%", "_b", "日本", "12", "1.5", "a text longer than twelve bytes"});
                literal = "'" + value + "'";
                declared = "STRING";
        }
        const std::string name = "c" + std::to_string(m_constants.size());
        m_constants.push_back({name + " " + declared, {value}});
        return {literal, name};
    }

    static std::string columnOf(TypeId type) {
        switch (type) {
            case TypeId::Int:
                return "i";
            case TypeId::Bigint:
                return "b";
            case TypeId::Double:
                return "x";
            case TypeId::Decimal:
                return "p";
            case TypeId::Boolean:
                return "f";
            case TypeId::Timestamp:
                return "ts";
            case TypeId::Bytes:
                return "y";
            default:
                return "s";
        }
    }

    TypeId numeric() {
        return std::vector{TypeId::Int, TypeId::Bigint, TypeId::Double, TypeId::Decimal}[below(4)];
    }
    TypeId any() {
        return std::vector{TypeId::Int,     TypeId::Bigint,    TypeId::Double, TypeId::Decimal,
                           TypeId::Boolean, TypeId::Timestamp, TypeId::String, TypeId::Bytes}[below(8)];
    }

    Both choose(TypeId type, int depth) {
        switch (below(5)) {
            case 0:
                return wrap(
                    "CASE WHEN @ THEN @ WHEN @ THEN @ END",
                    {{TypeId::Boolean, depth}, {type, depth}, {TypeId::Boolean, depth}, {type, depth}});
            case 1:
                return wrap("COALESCE(@, @)", {{type, depth}, {type, depth}});
            case 2:
                return wrap("NULLIF(@, @)", {{type, depth}, {type, depth}});
            case 3:
                return wrap("GREATEST(@, @, @)", {{type, depth}, {type, depth}, {type, depth}});
            default:
                return wrap("IF(@, @, NULL)", {{TypeId::Boolean, depth}, {type, depth}});
        }
    }

    Both number(TypeId type, int depth) {
        switch (below(9)) {
            case 8:
                return wrap("OCTET_LENGTH(@)", {{TypeId::Bytes, depth}});
            case 0:
                return choose(type, depth);
            case 1:
                return wrap("(@ " + pick({"+", "-", "*", "/", "%"}) + " @)",
                            {{numeric(), depth}, {numeric(), depth}});
            case 2:
                return wrap(pick({"ABS", "SIGN", "FLOOR", "CEIL", "ROUND", "-"}) + "(@)",
                            {{numeric(), depth}});
            case 3:
                return wrap("CAST(@ AS " + pick({"INT", "BIGINT", "DOUBLE", "DECIMAL(10,3)"}) + ")",
                            {{std::vector{TypeId::String, numeric(), TypeId::Boolean}[below(3)], depth}});
            case 4:
                return wrap(pick({"SQRT", "LN", "EXP", "SIN"}) + "(@)", {{numeric(), depth}});
            case 5:
                return wrap(pick({"POSITION(@ IN @)", "CHAR_LENGTH(@ || @)"}),
                            {{TypeId::String, depth}, {TypeId::String, depth}});
            case 6:
                return wrap("EXTRACT(" + pick({"WEEK", "DOY", "HOUR", "EPOCH"}) + " FROM @)",
                            {{TypeId::Timestamp, depth}});
            default:
                return wrap("TIMESTAMPDIFF(" + pick({"SECOND", "MONTH", "YEAR"}) + ", @, @)",
                            {{TypeId::Timestamp, depth}, {TypeId::Timestamp, depth}});
        }
    }

    Both text(int depth) {
        const std::pair<TypeId, int> text{TypeId::String, depth}, count{TypeId::Int, depth};
        switch (below(11)) {
            case 0:
                return choose(TypeId::String, depth);
            case 1:
                return wrap("(@ || @)", {text, text});
            case 2:
                return wrap("CAST(@ AS STRING)", {{any(), depth}});
            case 3:
                return wrap(pick({"UPPER", "LOWER", "INITCAP", "REVERSE", "TRIM", "MD5"}) + "(@)", {text});
            case 4:
                return wrap(pick({"LEFT", "RIGHT", "SUBSTRING"}) + "(@, @)", {text, count});
            case 5:
                return wrap("SUBSTRING(@, @, @)", {text, count, count});
            case 6:
                return wrap(pick({"REPLACE(@, @, @)", "CONCAT_WS(@, @, @)", "TRIM(BOTH @ FROM @ || @)"}),
                            {text, text, text});
            case 7:
                return wrap("SPLIT_INDEX(@, @, @)", {text, text, count});
            case 8:
                return wrap("DECODE(@, '" + charset() + "')", {{TypeId::Bytes, depth}});
            case 9:
                return wrap(pick({"TO_BASE64(@)", "FROM_BASE64(TO_BASE64(@))"}),
                            {{std::vector{TypeId::String, TypeId::Bytes}[below(2)], depth}});
            default:
                return wrap("DATE_FORMAT(@, 'yyyy-MM-dd EEE hh:mm:ss.SSS a')", {{TypeId::Timestamp, depth}});
        }
    }

    std::string charset() {
        return pick({"US-ASCII", "ISO-8859-1", "UTF-8", "UTF-16", "UTF-16BE", "UTF-16LE"});
    }

    Both bytes(int depth) {
        const std::pair<TypeId, int> text{TypeId::String, depth};
        switch (below(4)) {
            case 0:
                return choose(TypeId::Bytes, depth);
            case 1:
                return wrap("ENCODE(@, '" + charset() + "')", {text});
            case 2:
                return wrap("CAST(@ AS BYTES)", {text});
            default:
                return wrap(
                    pick({"CAST(FROM_BASE64(TO_BASE64(@)) AS BYTES)", "CAST(FROM_BASE64(@) AS BYTES)"}),
                    {text});
        }
    }

    /// Times of times: units are words of their own.
    Both time(int depth) {
        const std::pair<TypeId, int> time{TypeId::Timestamp, depth};
        const std::string unit = pick({"SECOND", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR"});
        switch (below(4)) {
            case 0:
                return wrap(pick({"FLOOR", "CEIL"}) + "(@ TO " + unit + ")", {time});
            case 1:
                return wrap("TIMESTAMPADD(" + unit + ", @, @)", {{TypeId::Int, depth}, time});
            case 2:
                return wrap("TO_TIMESTAMP(@)", {{TypeId::String, depth}});
            default:
                return wrap("(@ " + pick({"+", "-"}) + " INTERVAL '7' " +
                                pick({"SECOND", "DAY", "MONTH", "YEAR"}) + ")",
                            {time});
        }
    }

    Both condition(int depth) {
        const TypeId type = any();
        switch (below(8)) {
            case 0:
                return wrap("(@ AND @ AND @)",
                            {{TypeId::Boolean, depth}, {TypeId::Boolean, depth}, {TypeId::Boolean, depth}});
            case 1:
                return wrap("(@ OR @)", {{TypeId::Boolean, depth}, {TypeId::Boolean, depth}});
            case 2:
                return wrap("NOT @", {{TypeId::Boolean, depth}});
            case 3:
                return wrap("(@ IS " + pick({"NULL", "NOT NULL"}) + ")", {{type, depth}});
            case 4:
                return wrap("(@ IS DISTINCT FROM @)", {{type, depth}, {type, depth}});
            case 5:
                return wrap("(@ LIKE @)", {{TypeId::String, depth}, {TypeId::String, depth}});
            case 6:
                return wrap("(@ IN (@, @, @))", {{type, depth}, {type, depth}, {type, depth}, {type, depth}});
            default:
                return wrap("(@ " + pick({"=", "<>", "<", ">="}) + " @)",
                            {{numeric(), depth}, {numeric(), depth}});
        }
    }

    std::mt19937 m_random;
    std::vector<ColumnText> m_constants;
};

std::vector<ColumnText> columns() {
    return {{"i INT", {"7", "0", "NULL", "-2147483648", "2147483647"}},
            {"b BIGINT", {"NULL", "0", "9223372036854775807", "-1", "12"}},
            {"x DOUBLE", {"1.5", "NaN", "-Infinity", "NULL", "0"}},
            {"p DECIMAL(10,2)", {"12.34", "NULL", "-99999999.99", "0", "0.01"}},
            {"f BOOLEAN", {"true", "false", "NULL", "true", "false"}},
            {"ts TIMESTAMP(3)",
             {"2024-02-29 10:00:00", "1969-12-31 23:59:59.999", "NULL", "9999-12-31 23:59:59", "1970-01-01"}},
            {"s STRING", {"", "12", "a text longer than twelve bytes", "NULL", "日本"}},
            {"y BYTES", {"", "AP8=", "YXRleHRvZmFmZXdieXRlcw==", "NULL", "/9gA3A=="}}};
}

}  // namespace

class TestRandomExpressions : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void agreeWithThemselves() {
        std::size_t compared = 0, failed = 0;
        const std::vector seeds = rw::test::seedsOf(rw::test::suites::Expressions);
        for (const unsigned seed : seeds) {
            Writer writer(seed);
            const TypeId type =
                std::vector{TypeId::Int,    TypeId::Double,    TypeId::Decimal, TypeId::Boolean,
                            TypeId::String, TypeId::Timestamp, TypeId::Bytes}[writer.below(7)];
            const auto [literal, named] = writer.expression(type, 4);
            std::vector<ColumnText> all = columns();
            for (auto [name, value] : writer.constants()) {
                value.resize(5, value.front());
                all.emplace_back(name, value);
            }
            const Batch batch = table(all);
            const QStringList values = results(literal, batch);
            QVERIFY2(values.size() == 5 || values.front().startsWith('?'), literal.c_str());
            if (values.front().startsWith('?')) continue;  // types that do not meet
            for (std::size_t row = 0; row < batch.rows; ++row) {
                const QStringList alone = results(literal, batch.slice(row, 1));
                QVERIFY2(alone.size() == 1 && alone[0] == values[static_cast<int>(row)], literal.c_str());
            }
            // A literal may have a type of its own (its digits count in a DECIMAL), or fail while binding.
            if (typeOf(literal, batch) != typeOf(named, batch)) continue;
            const QStringList byName = results(named, batch);
            ++compared;
            failed += values.filter("!").isEmpty() ? 0 : 1;
            if (byName != values) {
                QFAIL(qPrintable(QString::fromStdString(literal) + "\n" + values.join(" | ") + "\n" +
                                 QString::fromStdString(named) + "\n" + byName.join(" | ")));
            }
        }
        // Most must have bound, and some must have failed rows, or this tests nothing.
        QVERIFY2(compared > seeds.size() / 2, qPrintable(QString::number(compared)));
        QVERIFY2(failed > seeds.size() / 30, qPrintable(QString::number(failed)));
    }
};

QTEST_APPLESS_MAIN(TestRandomExpressions)
#include "test_random_expressions.moc"
