// The parser: the trees of texts, and errors of wrong texts, where, and how to fix them.
#include <QtTest/QtTest>
#include <random>

#include "core/data/text.h"
#include "core/sql/parse/ast.h"

using namespace rw;
using namespace rw::sql;

namespace {

/// A tree as Lisp: (+ a (* 2:INT b)).
std::string shown(const Expr& expr) {
    const auto list = [&expr](const std::string& head) {
        std::string out = "(" + head;
        for (const ExprPtr& arg : expr.args) out += " " + shown(*arg);
        if (expr.filter) out += " FILTER " + shown(*expr.filter);
        return out + ")";
    };
    switch (expr.kind) {
        case Expr::Kind::Column:
            return (expr.qualifier.empty() ? "" : expr.qualifier + ".") + expr.name;
        case Expr::Kind::Literal:
            if (isNull(expr.value)) return "NULL";
            return toText(expr.value, expr.literalType) + ":" + toString(expr.literalType);
        case Expr::Kind::Call:
            return list(expr.name + (expr.unit.empty() ? "" : "/" + expr.unit));
        case Expr::Kind::Case:
            return list(expr.simple ? "CASE-OF" : "CASE");
        case Expr::Kind::Cast:
            return list((expr.tryCast ? "TRY_CAST/" : "CAST/") + toString(expr.castType));
        case Expr::Kind::Aggregate:
            return list((expr.distinct ? "DISTINCT " : "") + expr.name);
    }
    return {};
}

QString parsed(const std::string& text) {
    auto result = parseExpression(text);
    if (const auto* const error = std::get_if<SqlError>(&result))
        return "? " + QString::fromStdString(english(error->message));
    return QString::fromStdString(shown(*std::get<ExprPtr>(result)));
}

SqlError errorIn(const std::string& text) {
    auto result = parseExpression(text);
    return std::get<SqlError>(std::move(result));
}

std::string repeated(const std::string& part, int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += part;
    return out;
}

}  // namespace

class TestParser : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void trees_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("tree");
        const auto row = [](const char* text, const char* tree) { QTest::newRow(text) << text << tree; };
        // precedence
        row("a + b * c", "(+ a (* b c))");
        row("(a + b) * c", "(* (+ a b) c)");
        row("a - b - c", "(- (- a b) c)");
        row("a OR b AND NOT c = d", "(OR a (AND b (NOT (= c d))))");
        row("a AND b AND c OR d OR e", "(OR (AND a b c) d e)");
        row("a || b = c", "(= (|| a b) c)");
        row("-a * b", "(* (NEG a) b)");
        row("+a", "(POS a)");
        row("a = b IS NULL", "(IS NULL (= a b))");
        row("NOT a IS NULL", "(NOT (IS NULL a))");
        row("a <> b", "(<> a b)");
        row("a != b", "(<> a b)");
        // tests
        row("a IS NOT NULL", "(IS NOT NULL a)");
        row("a IS NOT DISTINCT FROM b + 1", "(IS NOT DISTINCT FROM a (+ b 1:INT))");
        row("a IS UNKNOWN", "(IS UNKNOWN a)");
        row("a BETWEEN 1 AND 2 AND b", "(AND (BETWEEN a 1:INT 2:INT) b)");
        row("a NOT BETWEEN 1 AND 2", "(NOT (BETWEEN a 1:INT 2:INT))");
        row("a NOT IN (1, b)", "(NOT (IN a 1:INT b))");
        row("s LIKE 'a!%' ESCAPE '!'", "(LIKE s a!%:STRING !:STRING)");
        row("s NOT LIKE t || '%'", "(NOT (LIKE s (|| t %:STRING)))");
        // literals
        row("2147483647", "2147483647:INT");
        row("-2147483648", "-2147483648:INT");
        row("2147483648", "2147483648:BIGINT");
        row("-9223372036854775808", "-9223372036854775808:BIGINT");
        row("9223372036854775808", "9223372036854775808:DECIMAL(19,0)");
        row("1.50", "1.50:DECIMAL(3,2)");
        row("0.908", "0.908:DECIMAL(4,3)");
        row(".5", "0.5:DECIMAL(1,1)");
        row("1e3", "1000:DOUBLE");
        row("'it''s'", "it's:STRING");
        row("''", ":STRING");
        row("x'00ff' = X''", "(= AP8=:BYTES :BYTES)");
        row("x + 1", "(+ x 1:INT)");
        row("TRUE", "true:BOOLEAN");
        row("null", "NULL");
        row("DATE '2024-02-29'", "2024-02-29:DATE");
        row("TIMESTAMP '2024-03-01 12:00:00.5'", "2024-03-01 12:00:00.500:TIMESTAMP(3)");
        row("INTERVAL '5' SECOND", "5s:INTERVAL DAY TO SECOND");
        row("INTERVAL -'1' DAY", "-1d:INTERVAL DAY TO SECOND");
        row("INTERVAL '1:30' HOUR TO MINUTE", "90min:INTERVAL DAY TO SECOND");
        row("INTERVAL '1 02:03:04.5' DAY TO SECOND", "93784500ms:INTERVAL DAY TO SECOND");
        row("INTERVAL '2-3' YEAR TO MONTH", "27:INTERVAL YEAR TO MONTH");
        row("INTERVAL '1' WEEK", "7d:INTERVAL DAY TO SECOND");
        row("INTERVAL '2' MONTHS", "2:INTERVAL YEAR TO MONTH");
        // names
        row("left.id = right.seller", "(= left.id right.seller)");
        row("`rank` + `a``b`", "(+ rank a`b)");
        row("date > DATE '2024-01-01'", "(> date 2024-01-01:DATE)");
        row("价格 * 2", "(* 价格 2:INT)");
        // calls
        row("left(s, 3)", "(LEFT s 3:INT)");
        row("f()", "(F)");
        row("PI() * CEILING(x)", "(* (PI) (CEIL x))");
        row("CAST(a AS DECIMAL(10, 2))", "(CAST/DECIMAL(10,2) a)");
        row("TRY_CAST(a AS double precision)", "(TRY_CAST/DOUBLE a)");
        row("EXTRACT(YEAR FROM ts)", "(EXTRACT/YEAR ts)");
        row("FLOOR(ts TO DAY)", "(FLOOR TO/DAY ts)");
        row("FLOOR(x)", "(FLOOR x)");
        row("TIMESTAMPADD(MONTH, n, ts)", "(TIMESTAMPADD/MONTH n ts)");
        row("TIMESTAMPDIFF(SQL_TSI_DAY, a, b)", "(TIMESTAMPDIFF/DAY a b)");
        row("POSITION(t IN s)", "(POSITION t s)");
        row("SUBSTRING(s FROM 3 FOR 2)", "(SUBSTRING s 3:INT 2:INT)");
        row("SUBSTR(s, 2)", "(SUBSTRING s 2:INT)");
        row("TRIM(s)", "(TRIM s)");
        row("TRIM(BOTH 'x' FROM s)", "(TRIM/BOTH s x:STRING)");
        row("TRIM(LEADING FROM s)", "(TRIM/LEADING s)");
        row("CURRENT_TIMESTAMP > ts", "(> (CURRENT_TIMESTAMP) ts)");
        row("CASE WHEN a THEN 1 END", "(CASE a 1:INT NULL)");
        row("CASE a WHEN 1 THEN 'x' ELSE 'y' END", "(CASE-OF a 1:INT x:STRING y:STRING)");
        row("COUNT(*)", "(COUNT)");
        row("count(DISTINCT a) FILTER (WHERE b > 1)", "(DISTINCT COUNT a FILTER (> b 1:INT))");
        row("PERCENTILE(x, 0.5)", "(PERCENTILE x 0.5:DECIMAL(2,1))");
        // blanks and comments
        row("a -- the first\n + /* and\nthe second */ b", "(+ a b)");
    }
    void trees() {
        QFETCH(QString, text);
        QFETCH(QString, tree);
        QCOMPARE(parsed(text.toStdString()), tree);
    }

    void errors_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("position");
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("replacement");
        const auto row = [](const char* text, int position, int length, const char* message,
                            const char* replacement = "") {
            QTest::newRow(text) << text << position << length << message << replacement;
        };
        row("", 0, 0, "There is no expression yet.");
        row("a +", 3, 0, "The expression ends too early.");
        row("a b", 2, 1, "“b” can't stand here.");
        row("(a + b", 6, 0, "The bracket at character 1 is not closed.", ")");
        row("a)", 1, 1, "“)” can't stand here.");
        row("a == 1", 2, 2, "“==” is not SQL.", "=");
        row("a = 1 && b", 6, 2, "“&&” is not SQL.", "AND");
        row("s = \"it's\"", 4, 6, "SQL does not write \" around things.", "'it''s'");
        row("s = 'open", 4, 5, "This text has no end.");
        row("`open", 0, 5, "This quoted name has no end.");
        row("a /* open", 2, 7, "This comment has no end.");
        row("a ? b", 2, 1, "“?” has no meaning here.");
        row("end > 1", 0, 3, "“end” can't stand here.", "`end`");
        row("a IS 5", 5, 1, "“5” can't stand here.");
        row("1st", 0, 3, "“1st” is neither a number nor a name.", "`1st`");
        row("a IN 1", 5, 1, "“1” can't stand here.");
        row("a BETWEEN 1 OR 2", 12, 2, "“OR” can't stand here.");
        row("CASE a END", 7, 3, "“END” can't stand here.");
        row("CAST(a AS INTT)", 10, 4, "“INTT” is not a type.");
        row("CAST(a, INT)", 6, 1, "“,” can't stand here.");
        row("INTERVAL 5 SECOND", 9, 1, "“5” can't stand here.", "'5'");
        row("INTERVAL 'x' SECOND", 0, 19, "“x” is not an interval of the unit that follows it.");
        row("INTERVAL '1' DAY TO MONTH", 0, 25, "“1” is not an interval of the unit that follows it.");
        row("INTERVAL '99999999999999999' DAY", 0, 32,
            "“99999999999999999” is not an interval of the unit that follows it.");
        row("DATE '2024-13-01'", 5, 12, "“2024-13-01” is not a DATE.");
        row("TIMESTAMP 'now'", 10, 5, "“now” is not a TIMESTAMP.");
        row("SUM()", 0, 5, "SUM needs a value to work on.");
        row("COUNT()", 0, 7, "COUNT needs a value to work on.", "COUNT(*)");
        row("1e999", 0, 5, "1e999 is too large for a DOUBLE.");
        row("123456789012345678901234567890123456789", 0, 39,
            "123456789012345678901234567890123456789 has more than 38 digits.");
        row("a, b", 1, 1, "“,” can't stand here.");
        row("a =“x”", 3, 3, "““” is not SQL.", "'");
        row("日本 +", 8, 0, "The expression ends too early.");
    }
    void errors() {
        QFETCH(QString, text);
        QFETCH(int, position);
        QFETCH(int, length);
        QFETCH(QString, message);
        QFETCH(QString, replacement);
        const SqlError error = errorIn(text.toStdString());
        QCOMPARE(QString::fromStdString(english(error.message)), message);
        QCOMPARE(static_cast<int>(error.position), position);
        QCOMPARE(static_cast<int>(error.length), length);
        QCOMPARE(QString::fromStdString(error.replacement), replacement);
    }

    void replacementsFix() {
        for (std::string text : {"(a + b", "a == 1", "a = 1 && b", "s = \"x\"", "end > 1", "COUNT()"}) {
            const SqlError error = errorIn(text);
            QVERIFY2(!error.replacement.empty(), text.c_str());
            text.replace(error.position, error.length, error.replacement);
            QVERIFY2(std::holds_alternative<ExprPtr>(parseExpression(text)), text.c_str());
        }
    }

    void selectItems() {
        const auto item = [](const char* text) { return std::get<SelectItem>(parseSelectItem(text)); };
        QVERIFY(!item("*").expr);
        QCOMPARE(item("b * 2 AS c").alias, std::string("c"));
        QCOMPARE(item("b AS `my name`").alias, std::string("my name"));
        QCOMPARE(item("a").alias, std::string());
        const auto bare = std::get<SqlError>(parseSelectItem("b * 2 twice"));
        QCOMPARE(bare.replacement, std::string("AS twice"));
        QCOMPARE(bare.position, std::size_t{6});
        QVERIFY(std::holds_alternative<SqlError>(parseSelectItem("a AS case")));
        QVERIFY(std::holds_alternative<SqlError>(parseSelectItem("a AS b c")));
        QVERIFY(std::holds_alternative<SqlError>(parseSelectItem("* AS b")));
        QVERIFY(std::holds_alternative<SqlError>(parseSelectItem("")));
    }

    void identifiersAreQuotedWhereNeeded() {
        QCOMPARE(quoteIdentifier("price"), std::string("price"));
        QCOMPARE(quoteIdentifier("价格"), std::string("价格"));
        QCOMPARE(quoteIdentifier("order id"), std::string("`order id`"));
        QCOMPARE(quoteIdentifier("case"), std::string("`case`"));
        QCOMPARE(quoteIdentifier("a`b"), std::string("`a``b`"));
        QCOMPARE(quoteIdentifier("1st"), std::string("`1st`"));
        QCOMPARE(quoteIdentifier(""), std::string("``"));
    }

    /// Any nesting, however deep, gives a tree or an error, and takes no deep stack.
    void nestingIsBounded_data() {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        const auto row = [](const char* before, const char* after) {
            QTest::newRow(before) << before << after;
        };
        row("(", ")");
        row("NOT ", "");
        row("- ", "");
        row("f(", ")");
        row("", " + 1");
        row("", " IS NULL");
        row("CASE ", " WHEN 1 THEN 1 END");
        row("CAST(", " AS INT)");
        row("1 + (", ")");
    }
    void nestingIsBounded() {
        QFETCH(QString, before);
        QFETCH(QString, after);
        const auto nested = [&](int levels) {
            return parsed(repeated(before.toStdString(), levels) + "a" +
                          repeated(after.toStdString(), levels));
        };
        QVERIFY(!nested(50).startsWith('?'));
        QCOMPARE(nested(100'000), QString("? The expression is nested deeper than 200 levels."));
    }

    void longConditionsAreNotDeep() {
        const auto tree = parsed("a = 0" + repeated(" OR a = 1", 5'000));
        QVERIFY(tree == "(OR (= a 0:INT)" + QString(" (= a 1:INT)").repeated(5'000) + ")");
    }

    /// Random texts of tokens: a tree or an error that lies within the text.
    void randomTextsNeverCrash() {
        const std::vector<std::string> words{
            "a",   "1",    "'x'",  "(",    ")",        ",",    "+",   "-",       "NOT",
            "AND", "OR",   "CASE", "WHEN", "THEN",     "ELSE", "END", "IS",      "NULL",
            "IN",  "LIKE", "CAST", "AS",   "INT",      "f",    "*",   "COUNT",   "FILTER",
            ".",   "`q`",  "TO",   "FROM", "INTERVAL", "DAY",  "'5'", "BETWEEN", "TRIM"};
        std::mt19937 random(7);
        int trees = 0, errors = 0;
        for (int i = 0; i < 30'000; ++i) {
            std::string text;
            for (auto n = random() % 12; n > 0; --n) text += words[random() % words.size()] + " ";
            const auto result = parseExpression(text);
            const auto* const error = std::get_if<SqlError>(&result);
            ++(error == nullptr ? trees : errors);
            if (error == nullptr) continue;
            QVERIFY2(error->position + error->length <= text.size(), text.c_str());
            QVERIFY2(!error->message.empty(), text.c_str());
        }
        QVERIFY2(trees > 500 && errors > 500, qPrintable(QString("%1, %2").arg(trees).arg(errors)));
    }

    void randomBytesNeverCrash() {
        std::mt19937 random(11);
        for (int i = 0; i < 30'000; ++i) {
            std::string text;
            for (auto n = random() % 16; n > 0; --n) text += static_cast<char>(random() % 256);
            const auto result = parseSelectItem(text);
            if (const auto* const error = std::get_if<SqlError>(&result)) {
                QVERIFY(error->position + error->length <= text.size());
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestParser)
#include "test_parser.moc"
