from tests.web.publishing.conftest import nmi, nmi_once, publish

__all__ = ["nmi", "nmi_once", "publish"]
