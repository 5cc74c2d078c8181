// What people see of HDFS and HBase before they choose a folder or a table, and the test of a connection to
// HDFS.
#pragma once
#include <memory>

#include "core/connect/connections/connection_browser.h"
#include "core/connect/connections/connection_tester.h"

namespace rw {

/// Folders, and the newest file of one.
std::shared_ptr<const ConnectionBrowser> webhdfsBrowser();
/// Tables, with the rows of none.
std::shared_ptr<const ConnectionBrowser> hbaseBrowser();
std::shared_ptr<const ConnectionTester> webhdfsTester();

}  // namespace rw
