#include "core/launch/connection_browsers.h"

#include "core/connect/kafka/kafka_browser.h"

namespace rw {

/// A system that can be looked at adds a line.
ConnectionBrowsers allConnectionBrowsers() {
    ConnectionBrowsers browsers;
    browsers["kafka"] = kafkaBrowser();
    return browsers;
}

}  // namespace rw
