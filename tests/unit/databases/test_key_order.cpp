// Keys come in the order in which the server gives them.
#include <QtTest/QtTest>

#include "core/connect/postgresql/postgresql_client.h"
#include "core/connect/tables/key_order.h"
#include "tests/support/databases/postgresql_world.h"

using namespace rw;

class TestKeyOrder : public QObject {
    Q_OBJECT

    test::PostgresqlWorld m_world{};

    KeyOrder orderOf(const std::vector<TypeId>& types) const {
        std::vector<DatabaseColumn> columns;
        for (std::size_t i = 0; i < types.size(); ++i) {
            DatabaseColumn& column = columns.emplace_back();
            column.name = "c" + std::to_string(i);
            column.type = Type::of(types[i]);
        }
        return KeyOrder(PostgresqlClient(m_world.connection(), {}), columns);
    }

 private Q_SLOTS:
    void integersGoByTheirValue() {
        const KeyOrder order = orderOf({TypeId::Bigint});
        const std::vector<std::string> ascending{"-9223372036854775808", "-10", "-9", "0", "9", "10", "100"};
        for (std::size_t i = 0; i < ascending.size(); ++i) {
            for (std::size_t j = 0; j < ascending.size(); ++j) {
                const int way = order.compare({ascending[i]}, {ascending[j]});
                QCOMPARE(way, i == j ? 0 : i < j ? -1 : 1);
            }
        }
    }

    void textsGoByTheirBytes() {
        const KeyOrder order = orderOf({TypeId::String});
        QCOMPARE(order.compare({"B"}, {"a"}), -1);
        QCOMPARE(order.compare({"10"}, {"9"}), -1);
        QCOMPARE(order.compare({"\xc3\xa9"}, {"z"}), 1);
        QVERIFY(order.columns().front().sql.find("COLLATE") != std::string::npos);
    }

    void laterColumnsDecideAmongEqualOnes() {
        const KeyOrder order = orderOf({TypeId::Int, TypeId::String});
        QCOMPARE(order.compare({"2", "b"}, {"10", "a"}), -1);
        QCOMPARE(order.compare({"2", "b"}, {"2", "a"}), 1);
        QCOMPARE(order.compare({"2", "b"}, {"2", "b"}), 0);
    }
};

QTEST_GUILESS_MAIN(TestKeyOrder)
#include "test_key_order.moc"
