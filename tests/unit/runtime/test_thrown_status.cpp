// An exception of a task becomes a message for the user: the fault, and an action.
#include <QtTest/QtTest>
#include <stdexcept>

#include "core/data/string_ref.h"
#include "core/runtime/executors/task.h"

using namespace rw;

namespace {

template <class Throws>
Error errorOf(Throws throws) {
    try {
        throws();
    } catch (...) {
        return statusOfException().error();
    }
    return {};
}

}  // namespace

class TestThrownStatus : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aTextTooLong() {
        const char begin[] = "a text of many bytes";
        const Error error = errorOf([&] { (void)StringRef(begin, std::size_t{5} << 30); });
        QCOMPARE(error.code, ErrorCode::Invalid);
        QCOMPARE(english(error), std::string("A value is too long to keep: a text of 5368709120 bytes. "
                                             "Texts can have up to 4 GiB. Let the pipeline make shorter ones."));
    }

    void noMemory() {
        const Error error = errorOf([] { throw std::bad_alloc(); });
        QCOMPARE(error.code, ErrorCode::Invalid);
        QVERIFY(english(error).starts_with("There is not enough memory to go on."));
    }

    void somethingElse() {
        const Error error = errorOf([] { throw std::runtime_error("the sky fell"); });
        QCOMPARE(error.code, ErrorCode::Internal);
        QVERIFY(english(error).starts_with("Something unforeseen happened: the sky fell."));
    }
};

QTEST_APPLESS_MAIN(TestThrownStatus)
#include "test_thrown_status.moc"
