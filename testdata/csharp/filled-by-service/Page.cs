using System.Collections.Generic;

namespace Contoso.Reports
{
    // What the service sends is put into this by the serializer.
    public class Page
    {
        private readonly ICollection<string> entries = null;

        public IEnumerable<string> Entries
        {
            get { return this.entries; }
        }
    }
}
