package com.natifico.postback.simulation;

/** How the functions are put together. The tests of the proof itself do it wrongly. */
interface Wiring {
  /** As they are deployed. */
  Wiring RIGHT = new Wiring() {};

  /** What the conversion function talks to. */
  default Ports conversion(Ports ports) {
    return ports;
  }

  /** What the sender talks to. */
  default Ports sender(Ports ports) {
    return ports;
  }

  /** What the API talks to. */
  default Ports api(Ports ports) {
    return ports;
  }

  /** Whether the sender declares {@code RecursiveLoop: Allow}, as template.yaml does. */
  default boolean allowsRecursion() {
    return true;
  }

  /** Whether messages are deleted before they are handled. */
  default boolean acknowledgesFirst() {
    return false;
  }
}
