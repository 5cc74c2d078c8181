// The data behind a @type@. That it is drawn large, small and into files, the test of all kinds of charts tries by
// itself, and that it can be left and gone on with, the contract tests.
#include <QtTest>

#include "core/views/@type@_view.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

class Test@Name@View : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theNewestValueIsShown() {
        StreamType stream;
        stream.schema = std::make_shared<const Schema>(Schema{{{"load", Type::of(TypeId::Double)}}});
        @Name@View view({.value = {0, "load", Type::of(TypeId::Double)}});
        QVERIFY(!view.snapshot().value);
        for (const Batch& batch : batches(stream, {{1.5}, {2.5}, {Value{}}}, 2)) view.add(batch, 0);
        QCOMPARE(*view.snapshot().value, 2.5);
        QCOMPARE(view.snapshot().totals.skipped, std::uint64_t{1});
    }
};

QTEST_APPLESS_MAIN(Test@Name@View)
#include "test_@type@_view.moc"
