// One list of types: the facts about each of them agree.
#include "core/data/visit_type.h"

#include <QtTest/QtTest>

#include "core/data/column.h"

using namespace rw;

namespace {

template <class Each>
constexpr bool forgets(Each) {
    constexpr auto kBody =
        Overloaded{[](types::Int) { return 1; }, [](AnyOf<types::Date> auto) { return 2; }};
    return !std::is_invocable_v<decltype(kBody), Each>;
}

std::string nearest(TypeId type) {
    return visitType(type,
                     Overloaded{[](types::Date) { return std::string("date"); },
                                [](AnyOf<types::Int, types::Null> auto) { return std::string("any of"); },
                                [](OfMemory<StringRef>) { return std::string("string memory"); },
                                []<class T>(OfMemory<T>) { return std::to_string(sizeof(T)); }});
}

}  // namespace

class TestVisitType : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void everyTypeIsVisitedAsItself() {
        std::size_t place = 0;
        for (const TypeId id : kTypeIds) {
            QCOMPARE(visitType(id, [](auto visited) { return visited.kId; }), id);
            QCOMPARE(static_cast<std::size_t>(id), place++);  // in the order of the list
            QCOMPARE(visitType(id, []<class T>(OfMemory<T>) { return sizeof(T); }), widthOf(id));
        }
    }

    void theNearestLambdaIsTaken() {
        QCOMPARE(nearest(TypeId::Date), std::string("date"));
        QCOMPARE(nearest(TypeId::Int), std::string("any of"));
        QCOMPARE(nearest(TypeId::Null), std::string("any of"));
        QCOMPARE(nearest(TypeId::String), std::string("string memory"));
        QCOMPARE(nearest(TypeId::Bigint), std::string("8"));
        QCOMPARE(nearest(TypeId::Boolean), std::string("1"));
    }

    void whatIsForgottenIsNotTaken() {
        static_assert(!forgets(types::Int()) && !forgets(types::Date()));
        static_assert(forgets(types::Bigint()) && forgets(types::Timestamp()) && forgets(types::String()));
    }

    void aNumberThatIsNoTypeCountsAsNull() {
        QCOMPARE(visitType(static_cast<TypeId>(200), [](auto visited) { return visited.kId; }), TypeId::Null);
    }

    void kindsAgreeWithTypes() {
        for (const TypeId id : kTypeIds) {
            const Type type = Type::of(id);
            QCOMPARE(kindOf(id) == TypeKind::Number, type.isNumeric());
            QCOMPARE(isReference(id), type.is(TypeId::String) || type.is(TypeId::Bytes));
            QCOMPARE(visitAmount(id, [](auto) { return 1; }) == 1,
                     type.isNumeric() || kindOf(id) == TypeKind::Interval);
        }
    }

    void whatColumnsHaveIsReadBack() {
        for (const TypeId id : kTypeIds) {
            const Type type = id == TypeId::Decimal ? Type::decimal(10, 2) : Type::of(id);
            const Result<Type> read = parseType(toString(type));
            QCOMPARE(read.ok(), isOfColumns(id));
            if (read.ok()) QVERIFY(*read == type);
        }
    }

    void theFixNamesEveryTypeOfColumns() {
        const std::string fix = english(parseType("no type").error().fix);
        for (const TypeId id : kTypeIds) {
            if (isOfColumns(id)) QVERIFY2(fix.find(nameOf(id)) != std::string::npos, nameOf(id).data());
        }
    }
};

QTEST_APPLESS_MAIN(TestVisitType)
#include "test_visit_type.moc"
