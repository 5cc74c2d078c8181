// tests/promises.md says what people were promised, and names the tests that hold it: a promise without a
// test is a wish, and one whose test is gone is held by nobody.
#pragma once
#include <QString>

namespace rw::house {

/// Whether the line of the page is an entry of a list: what somebody was promised.
bool isPromise(const QString& line);

/// Whether the text of a test file has a function of this name, and not only a call of it.
bool definesFunction(const QString& text, const QString& name);

/// The errors in a line of the page: a promise without a test, a test that is not named
/// `room/test_file::function`, one that is not there; empty when there are none.
QString promiseFault(const QString& line);

}  // namespace rw::house
