#include "core/launch/connection_browsers.h"

#include "core/connect/hadoop/hadoop_browsers.h"
#include "core/connect/kafka/kafka_browser.h"
#include "core/connect/sql/database_clients.h"

namespace rw {

/// A system that can be looked at adds a line.
ConnectionBrowsers allConnectionBrowsers() {
    ConnectionBrowsers browsers;
    browsers["kafka"] = kafkaBrowser();
    browsers["postgresql"] = browsers["mariadb"] = databaseBrowser();
    browsers["webhdfs"] = webhdfsBrowser();
    browsers["hbase"] = hbaseBrowser();
    return browsers;
}

}  // namespace rw
